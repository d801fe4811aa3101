import { createHash, type Hash } from 'node:crypto'
import type { Piece } from '@/lib/flow/reading/piece'

/** Bytes between the last whole record and the scan position that are kept instead of hashed ahead; usually commas and brackets. */
const SLACK = 64 * 1024

/** SHA-256 of the bytes of one reading, up to the end of the last whole record. */
export class PieceHash {
  /** Hash of [from, to). */
  private counted = createHash('sha256')
  private to: number
  /** Hash of [from, tailAt), if the tail no longer holds all bytes after `to`. */
  private ahead: Hash | null = null
  /** The bytes after `tailAt`. */
  private tail: Uint8Array[] = []
  private tailAt: number

  constructor(private readonly from: number) {
    this.to = from
    this.tailAt = from
  }

  /** Adds bytes. Bytes before `resume` are counted; if `resume` moves later, it moves to `passed` or beyond. Both are offsets in the blob. */
  push(bytes: Uint8Array, resume: number, passed: number): void {
    this.tail.push(bytes)
    this.count(resume)
    if (passed - Math.max(this.to, this.tailAt) <= SLACK) return
    this.ahead ??= this.counted.copy()
    this.move(this.ahead, passed)
  }

  /** Counts bytes up to `resume`. */
  count(resume: number): void {
    if (resume === this.to) return
    if (resume < this.tailAt) throw new Error(`Records end at byte ${resume}, but bytes up to ${this.tailAt} were skipped`)
    this.counted = this.ahead ?? this.counted
    this.ahead = null
    this.move(this.counted, resume)
    this.to = resume
  }

  private move(hash: Hash, end: number): void {
    while (this.tailAt < end) {
      const first = this.tail[0]
      if (!first) throw new Error(`Records end at byte ${end}, but only bytes up to ${this.tailAt} were read`)
      const bytes = first.subarray(0, end - this.tailAt)
      hash.update(bytes)
      this.tailAt += bytes.length
      // A copy, so that a few bytes do not keep a whole chunk in memory.
      if (bytes.length < first.length) this.tail[0] = first.slice(bytes.length)
      else this.tail.shift()
    }
  }

  /** The piece counted so far, or null when it is empty. */
  piece(): Piece | null {
    if (this.to === this.from) return null
    return { from: this.from, to: this.to, sha256: this.counted.copy().digest('hex') }
  }
}
