import { epochOf } from './record-time'

const encoder = new TextEncoder()
/** How Azure begins every record. */
const OPENING = encoder.encode('{"time":"')
/** And how long it writes a time: `2024-08-12T02:00:07.0000000Z`. */
const TIME = 28
const AFTER = OPENING.length + TIME
const QUOTE = 0x22
/** A longer head is not worth a copy. Bytes. */
const LONGEST = 4096

/**
 * The head of the last record, up to the value that holds its flows: in a blob all heads are the same but for the time. Of bytes that are the same the
 * reader's findings are the same too, so they need not be read again.
 */
export class RepeatedHead {
  /** Flush time of the record that `match` was given, epoch milliseconds. */
  time = 0
  private readonly bytes = new Uint8Array(LONGEST)
  private length = 0

  /** Remembers `bytes[start, end)`, or nothing where the time does not stand as Azure writes it. */
  learn(bytes: Uint8Array, start: number, end: number): void {
    this.length = 0
    if (end - start > LONGEST || end - start <= AFTER || timeAt(bytes, start) === null) return
    this.bytes.set(bytes.subarray(start, end))
    this.length = end - start
  }

  forget(): void {
    this.length = 0
  }

  /** The position behind the same head, all of it before `end`, or -1. */
  match(bytes: Uint8Array, start: number, end: number): number {
    const { length } = this
    if (length === 0 || start + length >= end) return -1
    const known = this.bytes
    // From the end, because names of other network interfaces differ there.
    for (let i = length - 1; i >= AFTER; i--) if (bytes[start + i] !== known[i]) return -1
    const time = timeAt(bytes, start)
    if (time === null) return -1
    this.time = time
    return start + length
  }
}

/** The time of a record that begins at `start` as Azure writes it, epoch milliseconds, or null. */
function timeAt(bytes: Uint8Array, start: number): number | null {
  for (let i = 0; i < OPENING.length; i++) if (bytes[start + i] !== OPENING[i]) return null
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

/** A number of `count` digits, or -1. */
function digits(bytes: Uint8Array, p: number, count: number): number {
  let value = 0
  for (let i = 0; i < count; i++) {
    const digit = bytes[p + i]! ^ 0x30
    if (digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}
