'use client'

import { useQuery } from '@tanstack/react-query'
import { fetchJson } from '@/components/parts/answer/fetch-answer'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { parseAddress } from '@/lib/flow/address/address'
import type { AddressContext, AddressesAnswer } from '@/lib/flow/answer/context'
import type { ContextName } from '@/lib/flow/context'

/** Addresses that appear within this time are asked about together. Milliseconds. */
const TOGETHER = 20
/** Addresses of one request. */
const MOST = 200
/** What is known changes with files alone. Milliseconds. */
const FRESH = 60_000

interface Waiting {
  address: string
  resolve: (found: AddressContext | null) => void
  reject: (error: unknown) => void
}

let waiting: Waiting[] = []

async function askTogether(some: readonly Waiting[]): Promise<void> {
  try {
    const addresses = [...new Set(some.map(({ address }) => address))]
    const params = new URLSearchParams(addresses.map((address) => ['ip', address]))
    const { rows } = await fetchJson<AddressesAnswer>('context/addresses', params, new AbortController().signal)
    const found = new Map(addresses.map((address, i) => [address, rows[i] ?? null]))
    for (const { address, resolve } of some) resolve(found.get(address) ?? null)
  } catch (error) {
    for (const { reject } of some) reject(error)
  }
}

function ask(address: string): Promise<AddressContext | null> {
  return new Promise((resolve, reject) => {
    waiting.push({ address, resolve, reject })
    if (waiting.length > 1) return
    setTimeout(() => {
      const all = waiting
      waiting = []
      for (let i = 0; i < all.length; i += MOST) void askTogether(all.slice(i, i + MOST))
    }, TOGETHER)
  })
}

const NOTHING: readonly ContextName[] = []

/** Names of which context files tell anything; none while that is unknown. */
export function useContextNames(): readonly ContextName[] {
  return useAnswer('context').data?.names ?? NOTHING
}

/** What context files tell of an address, or null: where there are none, nothing is asked. `digest` of the files keeps what others told apart. */
export function useWhois(address: string): AddressContext | null {
  const { data } = useAnswer('context')
  const digest = data?.digest ?? ''
  const { data: found } = useQuery({
    queryKey: ['whois', digest, address],
    queryFn: () => ask(address),
    enabled: digest !== '' && parseAddress(address) !== null,
    staleTime: FRESH,
    retry: false,
  })
  return found ?? null
}
