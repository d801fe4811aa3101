import { createHash } from 'node:crypto'
import { hash53 } from '@/lib/flow/hash'
import { Problem } from '@/lib/flow/problem'
import type { Blob, LogExtent } from '@/lib/flow/reading/blob'
import type { Reading, Source } from '@/lib/source/model/source'

interface Held {
  bytes: Uint8Array
  etag: number
  hour: number | null
  mac: string | null
  scope: string | null
}

/** A source in memory that counts its calls and fails on demand. */
export class MemorySource implements Source {
  readonly kind = 'folder'
  readonly held = new Map<string, Held>()
  listings = 0
  opens: string[] = []
  bytesRead = 0
  /** Errors that the next reading of a blob throws, once, by blob name. */
  readonly faults = new Map<string, () => never>()
  /** Sizes of blocks, by blob name; other blobs have no blocks. */
  readonly blocks = new Map<string, number[]>()
  down: Problem | null = null
  /** Called before each chunk is returned. */
  beforeChunk: (name: string, from: number) => Promise<void> | void = () => {}
  chunkBytes = 64 * 1024
  private version = 1

  constructor(readonly id = 'memory:one') {}

  get name(): string {
    return this.id
  }

  put(name: string, content: string | Uint8Array, place: { hour?: number; mac?: string; scope?: string } = {}): void {
    const { hour = null, mac = null, scope = null } = place
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    this.held.set(name, { bytes, etag: this.version++, hour, mac, scope })
  }

  private blobs(): Blob[] {
    if (this.down) throw this.down
    return [...this.held].map(([name, { bytes, etag, hour, mac, scope }]) => ({
      id: hash53(`${this.id}\0\0${name}`),
      source: this.id,
      container: '',
      name,
      etag: `"${etag}"`,
      length: bytes.length,
      modified: hour ?? 0,
      scope,
      hour,
      mac,
    }))
  }

  async extents(): Promise<LogExtent[]> {
    const extents = new Map<string, LogExtent>()
    for (const { scope, hour, mac } of this.blobs()) {
      if (scope === null || hour === null) continue
      const known = extents.get(scope) ?? { source: this.id, container: '', scope, first: hour, last: hour, macs: [] }
      extents.set(scope, {
        ...known,
        first: Math.min(known.first, hour),
        last: Math.max(known.last, hour),
        macs: [...known.macs, mac ?? ''],
      })
    }
    return [...extents.values()]
  }

  async list(hours: { first: number; last: number }): Promise<Blob[]> {
    this.listings++
    return this.blobs().filter((blob) => blob.hour === null || (blob.hour >= hours.first && blob.hour <= hours.last))
  }

  refresh(): void {}

  async open(blob: Blob): Promise<Reading> {
    const held = this.held.get(blob.name)
    if (!held) throw new Problem('absent', `${blob.name} is gone`)
    this.opens.push(blob.name)
    const { bytes, etag } = held
    const digest = (end: number) => createHash('sha256').update(bytes.subarray(0, end)).digest('hex')
    const source = this
    return {
      etag: `"${etag}"`,
      length: bytes.length,
      border: (count) => {
        const blocks = source.blocks.get(blob.name)
        return blocks ? blocks.slice(0, count).reduce((sum, size) => sum + size, 0) : null
      },
      async *read(from, to, signal) {
        const end = Math.min(to, bytes.length)
        for (let at = from; at < end; at += source.chunkBytes) {
          await source.beforeChunk(blob.name, at)
          if (signal.aborted) throw new Problem('cancelled', 'Reading was cancelled')
          const fault = source.faults.get(blob.name)
          if (fault && at > from) {
            source.faults.delete(blob.name)
            fault()
          }
          if (source.held.get(blob.name)?.etag !== etag) throw new Problem('changed', `${blob.name} changed`)
          const chunk = bytes.slice(at, Math.min(end, at + source.chunkBytes))
          source.bytesRead += chunk.length
          yield chunk
        }
      },
      mark: async (end) => digest(end),
      continues: async (mark, end) => digest(end) === mark,
    }
  }
}
