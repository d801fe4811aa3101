import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Problem } from '@/lib/flow/problem'

/** Intervals until the next query, after a success and after a failure. Milliseconds. */
const EVERY = 15 * 60_000
const AGAIN = 5 * 60_000

/** An inventory that is requested at intervals and kept as a file, so that a start does not wait for it. */
export class KeptInventory {
  /** The reason why the last query failed, or null. */
  failure: string | null = null
  private readonly closed = new AbortController()

  constructor(
    /** Absolute; the folder is created. */
    readonly path: string,
    private readonly read: () => Promise<string>,
    private readonly warn: (message: string) => void,
    private readonly every = EVERY,
    private readonly again = AGAIN,
  ) {
    void this.follow()
  }

  close(): void {
    this.closed.abort()
  }

  private async follow(): Promise<void> {
    while (!this.closed.signal.aborted) {
      await this.renew()
      await pause(this.failure === null ? this.every : this.again, undefined, { ref: false, signal: this.closed.signal }).catch(() => {})
    }
  }

  private async renew(): Promise<void> {
    try {
      const text = await this.read()
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 })
      await writeFile(`${this.path}.new`, text, { mode: 0o600 })
      await rename(`${this.path}.new`, this.path)
      this.failure = null
    } catch (error) {
      // Data that may no longer be read must not be shown either.
      if (error instanceof Problem && error.kind === 'denied') await rm(this.path, { force: true }).catch(() => {})
      const reason = error instanceof Error ? error.message : String(error)
      if (reason !== this.failure) this.warn(`Inventory was not read: ${reason}`)
      this.failure = reason
    }
  }
}
