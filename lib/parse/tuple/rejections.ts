import type { Rejection } from '@/lib/flow/reading/blob'
import type { RecordReason, Refused, RejectionReason, TupleReason, WarningReason } from '@/lib/flow/reading/reasons'
import { decodeString } from '@/lib/parse/json/json'

const SAMPLE = 120
/** Enough bytes for a sample in any script. */
export const SAMPLE_BYTES = SAMPLE * 4

/** The first characters of `bytes[start, end)`, as they are shown to people. */
export function sampleOf(bytes: Uint8Array, start: number, end: number): string {
  return decodeString(bytes, start, Math.min(end, start + SAMPLE_BYTES), false)
    .slice(0, SAMPLE)
    .toWellFormed()
}

/** Counts what was refused in one blob. Tuples and warnings of a record wait until the record is known to be kept. */
export class Rejections {
  readonly list: Rejection[] = []
  private readonly waiting: Rejection[] = []

  constructor(private readonly blob: number) {}

  record(reason: RecordReason, offset: number, length: number, sample: string): void {
    this.add(this.list, 'record', reason, offset, length, () => sample)
  }

  /** Something that was kept and looks odd, but is no tuple. */
  warn(reason: WarningReason, offset: number, sample: string): void {
    this.add(this.list, 'warning', reason, offset, 0, () => sample)
  }

  /** Takes over what was refused in a document inside this blob. */
  adopt({ what, reason, count, bytes, sample }: Rejection, offset: number): void {
    this.add(this.list, what, reason, offset, bytes, () => sample)
    this.list.find((one) => one.reason === reason && one.what === what)!.count += count - 1
  }

  /** `bytes[start, end)` is the tuple's text, `offset` where it begins in the blob. */
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

  /** The record is kept, so its tuples count. Gives the number of refused tuples. */
  keep(): number {
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

  /** The record is refused, so nothing in it ever counted. */
  drop(): void {
    this.waiting.length = 0
  }

  private add(list: Rejection[], what: Refused, reason: RejectionReason, offset: number, bytes: number, sample: () => string): void {
    const known = list.find((one) => one.reason === reason && one.what === what)
    if (known) {
      known.count++
      known.bytes += bytes
    } else list.push({ blob: this.blob, reason, what, count: 1, bytes, offset, sample: sample() })
  }
}
