import { Spelled } from '@/lib/parse/json/spelled'
import type { HeaderFacts } from './header'
import { epochOf } from './record-time'

/** Azure's beginning of every record. */
const OPENING = Spelled.of('{"time":"')
/** Length of a time in Azure's form: `2024-08-12T02:00:07.0000000Z`. */
const TIME = 28
const AFTER = OPENING.length + TIME
const QUOTE = 0x22
/** Longest head that is worth a copy. Bytes. */
const LONGEST = 4096
/** The bytes after the time that name the network interface: heads that are equal in them are usually equal. A multiple of four. */
const KEY = 112
/** Memory for heads, and of one head beside its bytes. Bytes. */
const MOST = 4 * 1024 * 1024
const HEAD_BYTES = 512

/** The beginning of a record, up to the value that holds its flows, without its time. */
export interface Head {
  readonly bytes: Spelled
  readonly facts: HeaderFacts
}

/**
 * The heads of the records of a source: in a blob, all heads are equal except for the time, and so are those of a network interface from hour to hour. Equal
 * bytes give equal results, so they need not be read again.
 */
export class KnownHeads {
  /** Flush time of the record in the last successful `match`, epoch milliseconds. */
  time = 0
  /** Position after its head. */
  after = 0
  private readonly heads = new Map<number, Head>()
  private size = 0

  /** Remembers `bytes[start, end)`; null if the time is not in Azure's form. */
  learn(bytes: Uint8Array, view: DataView, start: number, end: number, facts: HeaderFacts): Head | null {
    const length = end - start - AFTER
    if (length > LONGEST || length < KEY || timeAt(bytes, view, start, end) === null) return null
    const head = { bytes: new Spelled(bytes, start + AFTER, length), facts }
    if (this.size > MOST) {
      this.heads.clear()
      this.size = 0
    }
    this.heads.set(keyOf(view, start + AFTER), head)
    this.size += length + HEAD_BYTES
    return head
  }

  /** Returns the head of the record that begins at `start`, if it is known and ends before `end`; probably that of the record before, `last`. */
  match(bytes: Uint8Array, view: DataView, start: number, end: number, last: Head | null): Head | null {
    const from = start + AFTER
    if (from + KEY > end) return null
    const head = last?.bytes.isAt(view, from, end) ? last : this.find(view, from, end)
    if (head === null || from + head.bytes.length >= end) return null
    const time = timeAt(bytes, view, start, end)
    if (time === null) return null
    this.time = time
    this.after = from + head.bytes.length
    return head
  }

  private find(view: DataView, from: number, end: number): Head | null {
    const head = this.heads.get(keyOf(view, from))
    return head?.bytes.isAt(view, from, end) ? head : null
  }
}

function keyOf(view: DataView, from: number): number {
  let hash = 0
  for (let p = from; p < from + KEY; p += 4) hash = Math.imul(hash ^ view.getInt32(p, true), 0x01000193) ^ (hash >>> 15)
  return hash
}

/** Returns the time of a record that begins at `start` in Azure's form, epoch milliseconds, or null. */
function timeAt(bytes: Uint8Array, view: DataView, start: number, end: number): number | null {
  if (start + AFTER >= end || !OPENING.isAt(view, start, end)) return null
  const p = start + OPENING.length
  if (bytes[p + TIME] !== QUOTE || bytes[p + 4] !== 0x2d || bytes[p + 7] !== 0x2d || bytes[p + 10] !== 0x54) return null
  if (bytes[p + 13] !== 0x3a || bytes[p + 16] !== 0x3a || bytes[p + 19] !== 0x2e || bytes[p + 27] !== 0x5a) return null
  const year = digits(bytes, p, 4)
  const month = digits(bytes, p + 5, 2)
  const day = digits(bytes, p + 8, 2)
  const hour = digits(bytes, p + 11, 2)
  const minute = digits(bytes, p + 14, 2)
  const second = digits(bytes, p + 17, 2)
  const ms = digits(bytes, p + 20, 3)
  return digits(bytes, p + 23, 4) < 0 ? null : epochOf(year, month, day, hour, minute, second, ms)
}

/** Returns a number of `count` digits, or -1. */
function digits(bytes: Uint8Array, p: number, count: number): number {
  let value = 0
  for (let i = 0; i < count; i++) {
    const digit = bytes[p + i]! ^ 0x30
    if (digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}
