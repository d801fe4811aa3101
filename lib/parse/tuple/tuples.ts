import { type Columns, reserve } from '@/lib/flow/tuple/columns'
import { decodeString, ITEM, type JsonReader } from '@/lib/parse/json/json'
import { END } from '@/lib/parse/json/keys'
import { FastTuple } from './fast-tuple'
import { ENCRYPTIONS, type GroupFamily, VNET_V4 } from './groups'
import type { RejectionCounter } from './rejections'
import { MOST_APART as APART, TupleText } from './tuple-text'

// Copies, because some bundlers turn an imported binding into a getter, and these are read for every tuple.
const ELEMENT = ITEM
const LAST = END
const MOST_APART = APART
const VNET = VNET_V4
const QUOTE = 0x22
const COMMA = 0x2c
const BRACE = 0x7b
const BRACKET_CLOSE = 0x5d
/** From so many values on, `fill` is faster than a loop. */
const MANY = 24
/** Bytes as written. */
const LONGEST_TUPLE = 1024

/** Reads `flowTuples` arrays into rows after `columns.length`; they become part of it when the record is kept. */
export class Tuples {
  private readonly fast = new FastTuple()
  private readonly text = new TupleText()
  /** Rows of this record. */
  count = 0
  /** Array elements of this record, whether rows or not. */
  seen = 0
  /** First row whose upper address halves are not written yet. */
  private highFrom = 0
  private base = 0
  private recordTime = 0

  constructor(
    private readonly json: JsonReader,
    private readonly columns: Columns,
    private readonly rejections: RejectionCounter,
  ) {}

  /** Begins a record; `base` is the blob offset of the reader's byte 0. */
  begin(base: number): void {
    this.base = base
    this.count = 0
    this.seen = 0
    this.highFrom = this.columns.length
  }

  /** Writes the values that all rows of the record share, and makes the rows part of the columns. */
  keep(recordTime: number, blob: number, hour: number, recordOffset: number): void {
    const { columns } = this
    const from = columns.length
    const to = from + this.count
    this.fillHigh(to)
    if (this.count < MANY) {
      for (let n = from; n < to; n++) {
        columns.recordTime[n] = recordTime
        columns.blob[n] = blob
        columns.hour[n] = hour
        columns.recordOffset[n] = recordOffset
      }
    } else {
      columns.recordTime.fill(recordTime, from, to)
      columns.blob.fill(blob, from, to)
      columns.hour.fill(hour, from, to)
      columns.recordOffset.fill(recordOffset, from, to)
    }
    columns.length = to
  }

  private fillHigh(to: number): void {
    const { srcHi, dstHi } = this.columns
    if (to - this.highFrom < MANY) {
      for (let half = this.highFrom * 2; half < to * 2; half++) {
        srcHi[half] = 0
        dstHi[half] = 0
      }
    } else {
      srcHi.fill(0, this.highFrom * 2, to * 2)
      dstHi.fill(0, this.highFrom * 2, to * 2)
    }
    this.highFrom = to
  }

  /** Reads from `[` to after `]`, or a single tuple without brackets; false if that is not JSON. `depth` is that of a container among the elements. */
  read(format: number, family: GroupFamily, depth: number, recordTime: number): boolean {
    const { json, columns, fast } = this
    this.recordTime = recordTime
    const { bytes, end } = json
    if (json.peek() === QUOTE) {
      this.seen++
      this.reserve(columns.length + this.count)
      return this.slow(format, family, columns.length + this.count)
    }
    let item = json.firstItem()
    while (item === ELEMENT) {
      this.seen++
      if (json.peek() !== QUOTE) {
        const from = json.p
        if (json.peek() === BRACE && json.torn(false)) return false
        if (!json.value(depth)) return false
        this.rejections.tuple('tuple', 'not-text', this.base + from, bytes, from, json.p)
        item = json.nextItem()
        continue
      }
      const start = json.p + 1
      const n = columns.length + this.count
      this.reserve(n)
      const close = fast.decode(bytes, start, columns, n, format)
      if (close < 0 || close >= end || Math.abs(columns.time[n]! - recordTime) > MOST_APART) {
        if (!this.slow(format, family, n)) return false
        item = json.nextItem()
        continue
      }
      if (fast.wide) this.fillHighBefore(n)
      columns.offset[n] = this.base + start
      columns.group[n] = format === VNET ? family.encryptionId(fast.encryption) : family.plainId()
      this.count++
      json.p = close + 1
      if (close + 2 < end && bytes[close + 1] === COMMA && bytes[close + 2] === QUOTE) json.p = close + 2
      else item = json.nextItem()
    }
    return item === LAST
  }

  /** Reads an array that consists of tuples in the common spelling, from its first quote on. Returns the position of its bracket, or -1 for any other array. */
  readUsual(from: number, format: number, family: GroupFamily, recordTime: number): number {
    const { json, columns, fast } = this
    const { bytes, end } = json
    let p = from
    while (bytes[p] === QUOTE) {
      const start = p + 1
      const n = columns.length + this.count
      this.reserve(n)
      const close = fast.decode(bytes, start, columns, n, format)
      if (close < 0 || close + 1 >= end || Math.abs(columns.time[n]! - recordTime) > MOST_APART) return -1
      if (fast.wide) this.fillHighBefore(n)
      columns.offset[n] = this.base + start
      columns.group[n] = format === VNET ? family.encryptionId(fast.encryption) : family.plainId()
      this.count++
      this.seen++
      p = close + 1
      if (bytes[p] === BRACKET_CLOSE) return p
      if (bytes[p] !== COMMA) return -1
      p++
    }
    return -1
  }

  private reserve(n: number): void {
    const { columns } = this
    if (n < columns.time.length) return
    const kept = columns.length
    columns.length = n
    reserve(columns, 1)
    columns.length = kept
  }

  private slow(format: number, family: GroupFamily, n: number): boolean {
    const { json } = this
    if (!json.string()) return false
    const { bytes, textStart, textEnd } = json
    const isLong = textEnd - textStart > LONGEST_TUPLE
    const text = isLong ? null : decodeString(bytes, textStart, textEnd, json.escaped).toWellFormed()
    this.decode(text, textStart, textEnd, format, family, n)
    return true
  }

  /** Reads a tuple whose columns were written separately; its time is the text `bytes[start, end)`. */
  readOne(text: string, start: number, end: number, format: number, family: GroupFamily, recordTime: number): void {
    const n = this.columns.length + this.count
    this.recordTime = recordTime
    this.seen++
    this.reserve(n)
    this.decode(text, start, end, format, family, n)
  }

  /** `written` is null if the text is too long. */
  private decode(written: string | null, start: number, end: number, format: number, family: GroupFamily, n: number): void {
    const { text, columns, rejections } = this
    const { bytes } = this.json
    const offset = this.base + start
    const reason = written === null ? 'too-long' : text.decode(written, columns, n, format, this.recordTime)
    if (reason !== null) {
      rejections.tuple('tuple', reason, offset, bytes, start, end)
      return
    }
    for (const warning of text.warnings) rejections.tuple('warning', warning, offset, bytes, start, end)
    this.fillHighBefore(n)
    columns.offset[n] = offset
    columns.group[n] = this.groupOf(family)
    this.count++
  }

  private fillHighBefore(n: number): void {
    this.fillHigh(n)
    this.highFrom = n + 1
  }

  private groupOf(family: GroupFamily): number {
    const { enc, proto, state } = this.text
    if (proto !== null || state !== null) return family.oddId(enc, proto, state)
    if (enc === null) return family.plainId()
    const known = (ENCRYPTIONS as readonly string[]).indexOf(enc)
    return known < 0 ? family.oddId(enc, null, null) : family.encryptionId(known)
  }
}
