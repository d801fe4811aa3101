import { createHash, type Hash } from 'node:crypto'
import type { Piece } from '@/lib/flow/piece'

/** Bytes between the last whole record and what is still looked at that are kept rather than hashed ahead: commas and brackets, as a rule. */
const SLACK = 64 * 1024

/** SHA-256 of the bytes of one reading as they come, up to where they count: the end of the last whole record. */
export class PieceHash {
  /** Of [from, to). */
  private counted = createHash('sha256')
  private to: number
  /** Of [from, tailAt), where the tail no longer holds all that lies behind `to`. */
  private ahead: Hash | null = null
  /** The bytes behind `tailAt`. */
  private tail: Uint8Array[] = []
  private tailAt: number

  constructor(private readonly from: number) {
    this.to = from
    this.tailAt = from
  }

  /** Takes the next bytes. Those before `resume` count from now on; if that moves again, then not to a place before `passed`. Both are offsets in the blob. */
  push(bytes: Uint8Array, resume: number, passed: number): void {
    this.tail.push(bytes)
    this.count(resume)
    if (passed - Math.max(this.to, this.tailAt) <= SLACK) return
    this.ahead ??= this.counted.copy()
    this.move(this.ahead, passed)
  }

  /** Bytes up to `resume` count from now on. */
  count(resume: number): void {
    if (resume === this.to) return
    if (resume < this.tailAt) throw new Error(`Records end at byte ${resume}, but those up to ${this.tailAt} were passed over`)
    this.counted = this.ahead ?? this.counted
    this.ahead = null
    this.move(this.counted, resume)
    this.to = resume
  }

  private move(hash: Hash, end: number): void {
    while (this.tailAt < end) {
      const first = this.tail[0]
      if (!first) throw new Error(`Records end at byte ${end}, but only those up to ${this.tailAt} were read`)
      const bytes = first.subarray(0, end - this.tailAt)
      hash.update(bytes)
      this.tailAt += bytes.length
      // A copy, so that a few bytes do not keep a whole chunk.
      if (bytes.length < first.length) this.tail[0] = first.slice(bytes.length)
      else this.tail.shift()
    }
  }

  /** What counts so far, or null when that is nothing. */
  piece(): Piece | null {
    if (this.to === this.from) return null
    return { from: this.from, to: this.to, sha256: this.counted.copy().digest('hex') }
  }
}
