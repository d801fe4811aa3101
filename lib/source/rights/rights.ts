import { DAY, floorTo, MINUTE } from '@/lib/flow/bucket'
import { Problem } from '@/lib/flow/problem'
import type { Blob } from '@/lib/flow/reading/blob'
import { Memo } from '@/lib/source/wait/memo'

/** What storage allowed is asked again after this. Milliseconds. */
export const KEEP_ALLOWED = 5 * MINUTE
/** What it refused, since a new role takes minutes to arrive anyway. Milliseconds. */
const KEEP_REFUSED = MINUTE
/** Blobs tried in place of one that is gone. */
const TRIES = 3

export interface RightsOptions {
  /** Ask about every blob, not about one for each log and day. */
  strict: boolean
  /** Epoch milliseconds. */
  now: () => number
  /** When the token that was asked with ends, epoch milliseconds: no answer outlives it. */
  expires: () => number
}

interface Verdict {
  allowed: boolean
  /** Epoch milliseconds. */
  until: number
}

/** Blobs that were listed, by what one person may do with them. */
export interface Sorted {
  allowed: Blob[]
  refused: Blob[]
  /** Nobody knows: storage did not answer. */
  unknown: { blobs: Blob[]; problem: Problem } | null
}

/**
 * What one person may read of one source, as storage itself answers to that person's token. To list a blob is not to read it (conditions of Azure roles
 * tell them apart: https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes), so one blob of each log and day is read, by its first
 * byte; in strict mode, and where storage has refused one blob on its own, every blob.
 */
export class Rights {
  private readonly verdicts = new Map<string, Verdict>()
  private readonly asking = new Memo<Verdict>()
  private readonly apart = new Set<number>()

  constructor(
    private readonly probe: (blob: Blob, signal: AbortSignal) => Promise<void>,
    private readonly options: RightsOptions,
  ) {}

  /** Until when all of these blobs may be read, epoch milliseconds; 0 where nobody said so, or not any more. */
  until(blobs: readonly Blob[]): number {
    let first = Number.POSITIVE_INFINITY
    for (const unit of new Set(blobs.map((blob) => this.unitOf(blob)))) {
      const verdict = this.verdicts.get(unit)
      first = Math.min(first, verdict?.allowed ? verdict.until : 0)
    }
    return first
  }

  /** Asks storage about what is not known. */
  async sort(blobs: readonly Blob[], signal: AbortSignal): Promise<Sorted> {
    const units = new Map<string, Blob[]>()
    for (const blob of blobs) {
      const unit = this.unitOf(blob)
      const together = units.get(unit)
      if (together) together.push(blob)
      else units.set(unit, [blob])
    }
    const sorted: Sorted = { allowed: [], refused: [], unknown: null }
    await Promise.all(
      [...units].map(async ([unit, some]) => {
        try {
          const { allowed } = await this.verdict(unit, some, signal)
          for (const blob of some) sorted[allowed ? 'allowed' : 'refused'].push(blob)
        } catch (error) {
          if (signal.aborted || !(error instanceof Problem) || error.kind === 'signin') throw error
          sorted.unknown = { blobs: [...(sorted.unknown?.blobs ?? []), ...some], problem: error }
        }
      }),
    )
    return sorted
  }

  /** Storage refused this very blob: it is asked about on its own from now on, and about those that went with it at once. */
  refuse(blob: Blob): void {
    this.verdicts.delete(this.unitOf(blob))
    this.apart.add(blob.id)
    this.remember(this.unitOf(blob), { allowed: false, until: this.options.now() + KEEP_REFUSED })
  }

  private unitOf({ id, container, scope, hour, archive }: Blob): string {
    if (archive !== undefined) return String(archive)
    return this.options.strict || hour === null || this.apart.has(id) ? String(id) : `${container}\n${scope}\n${floorTo(hour, DAY)}`
  }

  private async verdict(unit: string, blobs: readonly Blob[], signal: AbortSignal): Promise<Verdict> {
    const known = this.verdicts.get(unit)
    if (known && known.until > this.options.now()) return known
    const keepNothing = () => 0
    return this.asking.get(unit, signal, keepNothing, async (shared) => {
      const verdict = await this.ask(blobs, shared)
      this.remember(unit, verdict)
      return verdict
    })
  }

  private async ask(blobs: readonly Blob[], signal: AbortSignal): Promise<Verdict> {
    const asked = this.options.now()
    for (const blob of blobs.slice(0, TRIES)) {
      try {
        await this.probe(blob, signal)
        return { allowed: true, until: Math.min(asked + KEEP_ALLOWED, this.options.expires()) }
      } catch (error) {
        if (!(error instanceof Problem) || (error.kind !== 'denied' && error.kind !== 'absent')) throw error
        if (error.kind === 'denied') break
      }
    }
    return { allowed: false, until: asked + KEEP_REFUSED }
  }

  private remember(unit: string, verdict: Verdict): void {
    this.verdicts.delete(unit)
    this.verdicts.set(unit, verdict)
    const now = this.options.now()
    for (const [old, { until }] of this.verdicts) {
      if (until > now) break
      this.verdicts.delete(old)
    }
  }
}
