'use client'

import { useMemo } from 'react'
import { useAnswer } from '@/components/answer/use-answer'

/** The addresses that each network card was seen as, by MAC: targets of its inbound tuples, most tuples first. Whatever the link's filter says. */
export function useCardAddresses(): ReadonlyMap<string, readonly string[]> {
  const { data } = useAnswer('talkers', { by: 'mac,dst', q: 'dir:in', limit: '500' })
  return useMemo(() => {
    const addresses = new Map<string, string[]>()
    for (const { key } of data?.rows ?? []) {
      const [mac, address] = [key].flat()
      if (mac === undefined || address === undefined) continue
      addresses.set(mac, [...(addresses.get(mac) ?? []), address])
    }
    return addresses
  }, [data])
}
