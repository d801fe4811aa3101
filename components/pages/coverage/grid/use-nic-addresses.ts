'use client'

import { useMemo } from 'react'
import { useAnswer } from '@/components/parts/answer/use-answer'

/** Addresses of each NIC by MAC: the targets of its inbound tuples, those with most tuples first. Ignores the link's filter. */
export function useNicAddresses(): ReadonlyMap<string, readonly string[]> {
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
