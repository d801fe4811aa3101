import { fetchJson } from '@/components/parts/answer/fetch-answer'
import { parseAddress } from '@/lib/flow/address/address'
import type { AddressContext, AddressesAnswer } from '@/lib/flow/answer/traffic/context'

/** Addresses that appear within this time share one request. Milliseconds. */
const TOGETHER = 20
/** Maximum number of addresses of one request, and of those that are remembered. */
const MOST = 200
const MOST_REMEMBERED = 50_000

/** What the same context files tell of addresses, asked while somebody listens and remembered. Much lighter than a query for each of thousands of values. */
export class Found {
  private readonly known = new Map<string, AddressContext | null>()
  private readonly listeners = new Map<string, Set<() => void>>()
  private waiting = new Set<string>()

  /** Returns what is known of an address now, or null. */
  of(address: string): AddressContext | null {
    return this.known.get(address) ?? null
  }

  /** Calls `listener` once more is known of an address, until the returned function is called. */
  listen(address: string, listener: () => void): () => void {
    const all = this.listeners.get(address) ?? new Set()
    this.listeners.set(address, all.add(listener))
    if (!this.known.has(address) && !this.waiting.has(address) && parseAddress(address) !== null) this.askSoon(address)
    return () => {
      all.delete(listener)
      if (all.size === 0) this.listeners.delete(address)
    }
  }

  private askSoon(address: string): void {
    this.waiting.add(address)
    if (this.waiting.size > 1) return
    setTimeout(() => {
      const all = [...this.waiting].filter((address) => this.listeners.has(address))
      this.waiting = new Set()
      for (let i = 0; i < all.length; i += MOST) void this.ask(all.slice(i, i + MOST))
    }, TOGETHER)
  }

  /** An address whose request failed is asked again when it is shown again. */
  private async ask(addresses: readonly string[]): Promise<void> {
    if (this.known.size > MOST_REMEMBERED) this.known.clear()
    const params = new URLSearchParams(addresses.map((address) => ['ip', address]))
    const rows = await fetchJson<AddressesAnswer>('context/addresses', params, new AbortController().signal).then(
      (answer) => answer.rows,
      () => null,
    )
    if (rows === null) return
    for (const [i, address] of addresses.entries()) this.known.set(address, rows[i] ?? null)
    for (const address of addresses) for (const listener of this.listeners.get(address) ?? []) listener()
  }
}
