import type { Rejection } from '@/lib/flow/blob'
import type { Columns } from '@/lib/flow/columns'
import type { FlowGroup } from '@/lib/flow/tuple'
import { Extent } from './extent'
import { FAST_REACH } from './fast-tuple'
import { JsonReader } from './json'
import * as K from './keys'
import { LONGEST_RECORD, RecordReader } from './record'
import { Rejections, SAMPLE_BYTES, sampleOf } from './rejections'
import type { ScanOrigin, ScanState } from './scan'

export type { ScanOrigin, ScanState } from './scan'

const COMMA = 0x2c
const QUOTE = 0x22
const BRACE_OPEN = 0x7b
const BRACE_CLOSE = 0x7d
const BRACKET_OPEN = 0x5b
const BRACKET_CLOSE = 0x5d
const BOM = [0xef, 0xbb, 0xbf]
const NEW_CARRY = 4096
/** Room that is kept for the next incomplete object. Bytes. */
const KEPT_CARRY = 4 * 1024 * 1024
/** From here on there is room for the longest record at once: the system gives memory only as it is written to, and what growth leaves behind would wait for the collector. Bytes. */
const LEAP = 16 * 1024 * 1024

/**
 * Bytes of one blob → rows appended to `columns`, groups, and counted rejections. Bytes come in chunks with any borders; the result does not depend
 * on them. It takes `{"records":[…]}` in any spelling of JSON, nested or several of them, bare records, arrays, lines of records, and fragments of
 * these. Whatever is none of that is counted and stepped over. It holds at most one incomplete record.
 */
export class Scanner {
  readonly state: ScanState
  readonly rejections: Rejection[]
  /** Everything that was judged: kept and rejected. */
  readonly seen: Readonly<{ records: number; tuples: number }>
  private readonly json = new JsonReader()
  private readonly record: RecordReader
  /** Follows the carried object, up to `matched` bytes of it. */
  private readonly extent = new Extent()
  private matched = 0
  private readonly broken = new Extent()
  /** Bytes of an object that has begun and not ended; `FAST_REACH` readable bytes follow them. */
  private carry = new Uint8Array(NEW_CARRY)
  private carried = 0
  /** Length at which it is worth another look whether the carried object is a wrapper. */
  private nextTry = 0
  /** Blob offset of the first carried byte, or of the next byte. */
  private offset: number
  private inTail = false
  private skipping: { offset: number; sample: string } | null = null
  private junk: { offset: number; sample: number[] } | null = null

  constructor(origin: ScanOrigin, columns: Columns, groups: Map<number, FlowGroup>) {
    this.offset = origin.offset
    this.state = { records: 0, tuples: 0, malformed: 0, resume: origin.offset, through: null, first: null, last: null, log: null }
    const rejections = new Rejections(origin.blob)
    this.rejections = rejections.list
    this.record = new RecordReader(origin, this.json, columns, groups, rejections, this.state)
    this.seen = this.record.seen
  }

  /** No byte before this offset in the blob is looked at again; where `state.resume` moves, it moves to here or beyond. */
  get passed(): number {
    return this.offset
  }

  /** Bytes that it keeps of an object that has begun and not ended, and room for more of it. */
  get held(): number {
    return this.carry.length
  }

  /** Nothing more comes: gives back the room for what is incomplete. */
  release(): void {
    this.carry = new Uint8Array(NEW_CARRY)
    this.carried = 0
    this.json.open(this.carry, 0, 0)
  }

  /** Takes the next bytes of the blob. */
  push(chunk: Uint8Array): void {
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let p = 0
    while (p < bytes.length) {
      if (this.skipping !== null) p = this.skip(bytes, p)
      else if (this.carried > 0) p = this.extend(bytes, p)
      else p = this.begin(bytes, p)
    }
  }

  /** No more bytes of this version: what has begun and not ended is counted as truncated. */
  finish(): ScanState {
    if (this.carried > 0) this.drain()
    if (this.skipping !== null) this.record.refuse('truncated', this.skipping.offset, this.skipping.sample)
    else if (this.carried > 0) {
      const incomplete = this.carry[0] === BRACE_OPEN || this.carry[0] === QUOTE
      this.record.refuse(incomplete ? 'truncated' : 'not-json', this.offset, sampleOf(this.carry, 0, this.carried))
      if (!incomplete) this.state.resume = this.offset + this.carried
    }
    this.endJunk(this.offset)
    return this.state
  }

  private begin(bytes: Uint8Array, from: number): number {
    const base = this.offset - from
    const end = bytes.length - FAST_REACH
    const p = end > from ? this.walk(bytes, from, end, base) : from
    this.offset = base + p
    this.matched = 0
    this.extent.start(0)
    this.append(bytes, p, bytes.length)
    this.drain()
    return bytes.length
  }

  private extend(bytes: Uint8Array, from: number): number {
    const most = Math.min(bytes.length, from + Math.max(1, LONGEST_RECORD + 1 - this.carried))
    const to = this.extent.ended ? most : this.extent.run(bytes, from, most)
    this.append(bytes, from, to)
    this.matched = this.carried
    if (this.extent.ended || this.carried >= this.nextTry || this.carried > LONGEST_RECORD) this.drain()
    return to
  }

  private skip(bytes: Uint8Array, from: number): number {
    const to = this.extent.run(bytes, from, bytes.length)
    this.offset += to - from
    if (this.extent.ended) {
      this.record.refuse('too-long', this.skipping!.offset, this.skipping!.sample)
      this.skipping = null
      this.state.resume = this.offset
    }
    return to
  }

  private append(bytes: Uint8Array, from: number, to: number): void {
    const length = this.carried + to - from
    if (length + FAST_REACH > this.carry.length) {
      const room = this.carry.length < LEAP ? this.carry.length * 2 : LONGEST_RECORD + 1 + FAST_REACH
      const grown = new Uint8Array(Math.max(room, length + FAST_REACH))
      grown.set(this.carry.subarray(0, this.carried))
      this.carry = grown
    }
    this.carry.set(bytes.subarray(from, to), this.carried)
    this.carried = length
  }

  /** Reads what is carried as far as it goes. */
  private drain(): void {
    this.carry.fill(0, this.carried, this.carried + FAST_REACH)
    const p = this.walk(this.carry, 0, this.carried, this.offset)
    if (p > 0) {
      this.carry.copyWithin(0, p, this.carried)
      this.carried -= p
      this.offset += p
      this.matched = 0
    }
    if (this.matched < this.carried) {
      if (this.matched === 0) this.extent.start(this.carry[0] === QUOTE ? 1 : 0)
      this.extent.run(this.carry, this.matched, this.carried)
      this.matched = this.carried
    }
    this.nextTry = this.carried * 2
    if (this.carried > LONGEST_RECORD) {
      this.skipping = { offset: this.offset, sample: sampleOf(this.carry, 0, this.carried) }
      this.offset += this.carried
      this.release()
    } else if (this.carried === 0 && this.carry.length > KEPT_CARRY) this.release()
  }

  /** Reads records from `bytes[from, end)`; gives the position of the first thing that is incomplete, or `end`. */
  private walk(bytes: Uint8Array, from: number, end: number, base: number): number {
    let p = from
    for (;;) {
      if (this.junk !== null) p = this.skipJunk(bytes, p, end, base)
      if (p >= end) return end
      const c = bytes[p]!
      let next = p + 1
      if (c === BRACE_OPEN) next = this.object(bytes, p, end, base)
      else if (c === QUOTE && this.inTail) next = this.tail(bytes, p, end, base)
      else if (c === BOM[0]) next = this.byteOrderMark(bytes, p, end, base)
      else if (c === BRACKET_CLOSE) this.inTail = true
      else if (c === BRACKET_OPEN || c === BRACE_CLOSE) this.inTail = false
      else if (c !== COMMA && c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) this.startJunk(base + p)
      if (next < 0) return p
      if (this.junk === null) p = next
    }
  }

  /** A record or the head of what wraps records; gives the position behind it, or -1 when it goes on behind the end. */
  private object(bytes: Uint8Array, p: number, end: number, base: number): number {
    const { json } = this
    this.inTail = false
    json.open(bytes, p, end)
    const outcome = this.record.read(base)
    if (outcome === 'wrapper') return json.p
    if (outcome === 'record') {
      this.state.resume = base + json.p
      return json.p
    }
    if (json.failedAt >= end) return K.FAIL
    this.broken.start(0)
    const after = this.broken.run(bytes, p, end)
    if (!this.broken.ended) return K.FAIL
    const reason = after - p > LONGEST_RECORD ? 'too-long' : this.broken.tooDeep ? 'too-deep' : 'not-json'
    this.record.refuse(reason, base + p, sampleOf(bytes, p, after))
    this.state.resume = base + after
    return after
  }

  /** Members of a wrapper behind its records. */
  private tail(bytes: Uint8Array, p: number, end: number, base: number): number {
    const { json } = this
    json.open(bytes, p, end)
    let key = json.key()
    for (; key > K.END; key = json.nextKey()) {
      if (key === K.RECORDS && json.peek() === BRACKET_OPEN) {
        this.inTail = false
        return json.p + 1
      }
      if (!json.value(2)) {
        key = K.FAIL
        break
      }
    }
    if (key === K.END) {
      this.inTail = false
      return json.p
    }
    if (json.failedAt >= end) return K.FAIL
    this.startJunk(base + p)
    return p
  }

  private byteOrderMark(bytes: Uint8Array, p: number, end: number, base: number): number {
    for (let i = 0; i < BOM.length; i++) {
      if (p + i >= end) return K.FAIL
      if (bytes[p + i] !== BOM[i]) {
        this.startJunk(base + p)
        return p
      }
    }
    return p + BOM.length
  }

  private startJunk(offset: number): void {
    this.inTail = false
    this.junk = { offset, sample: [] }
  }

  private skipJunk(bytes: Uint8Array, from: number, end: number, base: number): number {
    const junk = this.junk!
    const brace = bytes.indexOf(BRACE_OPEN, from)
    const to = brace < 0 || brace > end ? end : brace
    for (let p = from; p < to && junk.sample.length < SAMPLE_BYTES; p++) junk.sample.push(bytes[p]!)
    if (to < end) this.endJunk(base + to)
    return to
  }

  private endJunk(offset: number): void {
    if (this.junk === null) return
    this.record.refuse('not-json', this.junk.offset, sampleOf(Uint8Array.from(this.junk.sample), 0, this.junk.sample.length))
    this.state.resume = offset
    this.junk = null
  }
}
