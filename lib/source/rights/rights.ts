import { Problem } from '@/lib/flow/problem'
import type { Blob } from '@/lib/flow/reading/blob'
import { DAY, floorTo, MINUTE } from '@/lib/flow/time/bucket'
import { Memo } from '@/lib/source/wait/memo'

/** Milliseconds until storage is asked again about a blob that it allowed. */
export const KEEP_ALLOWED = 5 * MINUTE
/** Milliseconds until storage is asked again about a refused blob, since a new role takes minutes to take effect. */
const KEEP_REFUSED = MINUTE
/** Blobs to try if the ones before are gone. */
const TRIES = 3

export interface RightsOptions {
  /** Ask about every blob, not about one for each log and day. */
  strict: boolean
  /** Epoch milliseconds. */
  now: () => number
  /** End of the token, epoch milliseconds: no verdict stays valid longer. */
  expires: () => number
}

interface Verdict {
  allowed: boolean
  /** Epoch milliseconds. */
  until: number
}

/** Listed blobs, sorted by what one person may do with them. */
export interface Sorted {
  allowed: Blob[]
  refused: Blob[]
  /** The blobs for which storage gave no verdict, and why. */
  unknown: { blobs: Blob[]; problem: Problem } | null
}

/**
 * The blobs of one source that one person may read, as storage itself decides for that person's token. The right to list a blob is not the right to read it
 * (conditions of Azure roles distinguish them: https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes), so the first byte of one blob of
 * each log and day is read; in strict mode, and for a blob that storage has refused individually, of that blob itself.
 */
export class Rights {
  private readonly verdicts = new Map<string, Verdict>()
  private readonly asking = new Memo<Verdict>()
  private readonly apart = new Set<number>()

  constructor(
    private readonly probe: (blob: Blob, signal: AbortSignal) => Promise<void>,
    private readonly options: RightsOptions,
  ) {}

  /** Returns until when all of these blobs may be read, epoch milliseconds; 0 if that is unknown or no longer the case. */
  until(blobs: readonly Blob[]): number {
    let first = Number.POSITIVE_INFINITY
    for (const unit of new Set(blobs.map((blob) => this.unitOf(blob)))) {
      const verdict = this.verdicts.get(unit)
      first = Math.min(first, verdict?.allowed ? verdict.until : 0)
    }
    return first
  }

  /** Sorts the blobs. Asks storage about those without a valid verdict. */
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

  /** Notes that storage refused this blob: from now on it has its own verdict, and the verdict of its group is asked again. */
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
