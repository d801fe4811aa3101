import type { Rejection } from '@/lib/flow/reading/blob'
import type { RecordReason, Refused, RejectionReason, TupleReason, WarningReason } from '@/lib/flow/reading/reasons'
import { decodeString } from '@/lib/parse/json/json'

const SAMPLE = 120
/** Enough bytes for a sample in any script. */
export const SAMPLE_BYTES = SAMPLE * 4

/** Returns the first characters of `bytes[start, end)` for display. */
export function sampleOf(bytes: Uint8Array, start: number, end: number): string {
  return decodeString(bytes, start, Math.min(end, start + SAMPLE_BYTES), false)
    .slice(0, SAMPLE)
    .toWellFormed()
}

/** Counts the rejections in one blob. Tuples and warnings of a record wait until the record is kept. */
export class RejectionCounter {
  readonly list: Rejection[] = []
  private readonly waiting: Rejection[] = []

  constructor(private readonly blob: number) {}

  record(reason: RecordReason, offset: number, length: number, sample: string): void {
    this.add(this.list, 'record', reason, offset, length, () => sample)
  }

  /** Adds a warning about kept content that is not a tuple. */
  warn(reason: WarningReason, offset: number, sample: string): void {
    this.add(this.list, 'warning', reason, offset, 0, () => sample)
  }

  /** Adds the rejections of a document inside this blob. */
  adopt({ what, reason, count, bytes, sample }: Rejection, offset: number): void {
    this.add(this.list, what, reason, offset, bytes, () => sample)
    this.list.find((one) => one.reason === reason && one.what === what)!.count += count - 1
  }

  /** `bytes[start, end)` is the tuple's text, `offset` its position in the blob. */
  tuple(
    what: 'tuple' | 'warning',
    reason: TupleReason | WarningReason,
    offset: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.add(this.waiting, what, reason, offset, what === 'tuple' ? end - start : 0, () => sampleOf(bytes, start, end))
  }

  /** Counts the waiting rejections of a kept record. Returns the number of rejected tuples. */
  keep(): number {
    if (this.waiting.length === 0) return 0
    let tuples = 0
    for (const found of this.waiting) {
      if (found.what === 'tuple') tuples += found.count
      const known = this.list.find((one) => one.reason === found.reason && one.what === found.what)
      if (known) {
        known.count += found.count
        known.bytes += found.bytes
      } else this.list.push(found)
    }
    this.waiting.length = 0
    return tuples
  }

  /** Drops the waiting rejections of a rejected record. */
  drop(): void {
    if (this.waiting.length > 0) this.waiting.length = 0
  }

  private add(list: Rejection[], what: Refused, reason: RejectionReason, offset: number, bytes: number, sample: () => string): void {
    const known = list.find((one) => one.reason === reason && one.what === what)
    if (known) {
      known.count++
      known.bytes += bytes
    } else list.push({ blob: this.blob, reason, what, count: 1, bytes, offset, sample: sample() })
  }
}
