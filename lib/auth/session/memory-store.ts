import type { SessionStore, StoredValue } from './store'

/** The store of a single instance: sessions end with the process, and the least recently used ones when there are too many. */
export class MemoryStore implements SessionStore {
  private readonly held = new Map<string, StoredValue>()

  constructor(private readonly most = 10_000) {}

  async read(name: string): Promise<StoredValue | null> {
    const found = this.held.get(name)
    if (found === undefined) return null
    this.held.delete(name)
    this.held.set(name, found)
    return { ...found }
  }

  async write(name: string, value: string, now: number): Promise<void> {
    this.held.delete(name)
    this.held.set(name, { value, touched: now })
    for (const oldest of this.held.keys()) {
      if (this.held.size <= this.most) break
      this.held.delete(oldest)
    }
  }

  async touch(name: string, now: number): Promise<void> {
    const found = this.held.get(name)
    if (found) found.touched = now
  }

  async remove(name: string): Promise<void> {
    this.held.delete(name)
  }
}
