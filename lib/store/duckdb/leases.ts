/** Leases of this process: the engine locks its file, so no other process can hold one. */
export class Leases {
  /** `until` is on the monotonic clock, in milliseconds. */
  private readonly held = new Map<string, { holder: string; until: number }>()

  /** See `Store.lease`. */
  take(name: string, holder: string, ms: number): boolean {
    const now = performance.now()
    const held = this.held.get(name)
    if (held !== undefined && held.holder !== holder && held.until > now) return false
    this.held.set(name, { holder, until: now + ms })
    return ms > 0
  }
}
