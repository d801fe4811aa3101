import type { PressedKey } from './key'

/** Maximum time between two keys that belong together. Milliseconds. */
const SOON = 1200

/** An active key; without `act` the focused element handles it, and it is only listed. */
export interface ActiveKey extends PressedKey {
  act: (() => void) | null
}

/** All active keys of the page. */
export class KeyRegistry {
  private entries: readonly ActiveKey[] = []
  private readonly watchers = new Set<() => void>()
  private first = { key: '', at: Number.NEGATIVE_INFINITY }

  /** Activates keys until the returned function is called. Of equal keys the last one added acts. */
  add(added: readonly ActiveKey[]): () => void {
    this.change([...this.entries, ...added])
    return () => this.change(this.entries.filter((entry) => !added.includes(entry)))
  }

  /** The action of `key`, pressed at `at` milliseconds on any clock, counting the key before it if the two belong together. */
  press(key: string, at: number): (() => void) | null {
    const pressed = at - this.first.at < SOON ? `${this.first.key} ${key}` : key
    const begins = this.entries.some(({ keys, act }) => act !== null && keys.startsWith(`${pressed} `))
    this.first = { key: pressed, at: begins ? at : Number.NEGATIVE_INFINITY }
    return this.entries.findLast(({ keys, act }) => act !== null && keys === pressed)?.act ?? null
  }

  list = (): readonly ActiveKey[] => this.entries

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  private change(entries: readonly ActiveKey[]): void {
    this.entries = entries
    for (const watcher of this.watchers) watcher()
  }
}
