import { type Rejection, UNENDED } from '@/lib/flow/reading/blob'
import type { EnvelopeReason, RecordReason } from '@/lib/flow/reading/reasons'
import { type Columns, createColumns } from '@/lib/flow/tuple/columns'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { Enclosed } from './json/enclosed'
import { ObjectEnd } from './json/extent'
import { firstKey, NO_KEY, nextRecord, UNDECIDED } from './json/first-key'
import { JsonReader } from './json/json'
import * as K from './json/keys'
import { beginsDocument } from './record/envelope'
import { LONGEST_RECORD, RecordReader } from './record/record'
import type { ScanOrigin, ScanState } from './record/scan'
import { Vocabulary } from './record/vocabulary'
import { FAST_REACH } from './tuple/fast-tuple'
import { RejectionCounter, SAMPLE_BYTES, sampleOf } from './tuple/rejections'

export type { ScanOrigin, ScanState } from './record/scan'

const COMMA = 0x2c
const QUOTE = 0x22
const BRACE_OPEN = 0x7b
const BRACE_CLOSE = 0x7d
const BRACKET_OPEN = 0x5b
const BRACKET_CLOSE = 0x5d
const BACKSLASH = 0x5c
const BOM = [0xef, 0xbb, 0xbf]
/** Deepest nesting of documents inside documents to be read. */
const MOST_ENCLOSED = 3
const NEW_CARRY = 4096
const NOTHING = new Uint8Array(0)
/** Memory that is kept for the next incomplete object. Bytes. */
const KEPT_CARRY = 4 * 1024 * 1024
/**
 * From this size on, memory for the longest record is reserved at once: the system provides memory only when it is written to, while growing step by step would
 * leave copies to the garbage collector. Bytes.
 */
const LEAP = 16 * 1024 * 1024

/** A range of unreadable bytes, up to the next record. */
interface Lost {
  reason: RecordReason
  /** True if an object had begun. */
  torn: boolean
  offset: number
  sample: number[]
  /** The last byte that was stepped over. */
  before: number
}

/**
 * Scans the bytes of one blob: appends rows to `columns`, adds groups, and counts rejections. Bytes come in chunks with any borders; the result does not depend
 * on them. Accepts `{"records":[…]}` in any spelling of JSON, nested or repeated, single records, arrays, lines of records, and fragments of these. Everything
 * else is counted and stepped over. Keeps at most one incomplete record in memory.
 */
export class Scanner {
  readonly state: ScanState
  readonly rejections: Rejection[]
  /** All records and tuples, kept and rejected. */
  readonly seen: Readonly<{ records: number; tuples: number }>
  private readonly json = new JsonReader()
  private readonly record: RecordReader
  /** Follows the carried object; has read the first `matched` bytes of it. */
  private readonly extent = new ObjectEnd()
  private matched = 0
  private readonly broken = new ObjectEnd()
  /** Bytes of an incomplete object; `FAST_REACH` readable bytes follow them. */
  private carry: Uint8Array = NOTHING
  private carried = 0
  /** Length at which to test again whether the carried object is a wrapper. */
  private nextTry = 0
  /** Blob offset of the first carried byte, or of the next byte. */
  private offset: number
  private inTail: boolean
  private lost: Lost | null = null

  private opened = false
  /** Envelopes around the next record. */
  private notes: { reason: EnvelopeReason; offset: number; sample: string }[] = []
  private readonly found: RejectionCounter

  /** `depth` is the number of documents around this one; `vocabulary` belongs to the same source and groups. */
  constructor(
    private readonly origin: ScanOrigin,
    private readonly columns: Columns,
    private readonly groups: Map<number, FlowGroup>,
    private readonly depth = 0,
    vocabulary = new Vocabulary(origin.source, groups),
  ) {
    this.offset = origin.offset
    this.inTail = origin.offset > 0
    this.state = { records: 0, tuples: 0, malformed: 0, resume: origin.offset, through: null, first: null, last: null, log: null }
    this.found = new RejectionCounter(origin.blob)
    this.rejections = this.found.list
    this.record = new RecordReader(origin, this.json, columns, vocabulary, this.found, this.state)
    this.seen = this.record.seen
  }

  /** Bytes before this offset in the blob are not read again; whenever `state.resume` moves, it moves to this offset or beyond. */
  get passed(): number {
    return this.offset
  }

  /** Bytes of memory held for an incomplete object. */
  get held(): number {
    return this.carry.length
  }

  /** Frees the memory for incomplete objects after the last bytes. */
  release(): void {
    this.carry = NOTHING
    this.carried = 0
    this.json.open(this.carry, 0, 0)
  }

  /** Takes a whole blob, `bytes[0, length)`, without a copy of its last bytes if `FAST_REACH` bytes follow. */
  pushWhole(bytes: Uint8Array, length: number): void {
    const p = bytes.length < length + FAST_REACH ? 0 : this.walk(bytes, 0, length, this.offset)
    this.offset += p
    if (p < length) this.push(bytes.subarray(p, length))
  }

  /** Takes the next bytes of the blob. */
  push(chunk: Uint8Array): void {
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let p = 0
    while (p < bytes.length) p = this.carried > 0 ? this.extend(bytes, p) : this.begin(bytes, p)
  }

  /** Ends the scan of this version. An incomplete object is counted, and read again when the blob has grown. */
  finish(): ScanState {
    if (this.carried > 0) this.drain()
    for (let reason = this.holdsRecords(); reason !== null; reason = this.holdsRecords()) {
      this.lose(reason, this.offset, 0)
      this.walkCarry()
    }
    const { lost, offset, carry, carried } = this
    if (lost !== null) {
      this.collect(carry, 0, carried)
      const sample = sampleOf(Uint8Array.from(lost.sample), 0, lost.sample.length)
      this.record.refuse(lost.torn ? 'truncated' : 'rest', lost.offset, offset + carried - lost.offset, sample)
    } else if (carried > 0) {
      const begun = carry[0] === BRACE_OPEN || carry[0] === QUOTE
      this.record.refuse(begun ? 'truncated' : 'rest', offset, carried, sampleOf(carry, 0, carried))
    }
    return this.state
  }

  /**
   * Returns why the carried bytes cannot be read if they are an object that never ends but has records in it: something unknown is around them, or it was a
   * record that is torn. Otherwise null, also for a record that may continue: only complete records in it prove that it does not.
   */
  private holdsRecords(): RecordReason | null {
    const { carry, carried, origin, depth } = this
    if (this.lost !== null || carried === 0 || carry[0] !== BRACE_OPEN) return null
    const next = nextRecord(carry, 1, carried)
    if (next === carried) return null
    const key = firstKey(carry, 0, carried)
    if (!K.isHead(key) || key === K.RECORDS) return 'wrapper'
    const inner = new Scanner({ ...origin, offset: 0 }, createColumns(NEW_CARRY), new Map(), depth + 1)
    inner.push(carry.subarray(next, carried))
    return inner.finish().records > 0 ? 'not-json' : null
  }

  private begin(bytes: Uint8Array, from: number): number {
    const base = this.offset - from
    const end = bytes.length - FAST_REACH
    const p = end > from ? this.walk(bytes, from, end, base) : from
    this.offset = base + p
    this.matched = 0
    this.append(bytes, p, bytes.length)
    this.drain()
    return bytes.length
  }

  private extend(bytes: Uint8Array, from: number): number {
    const most = Math.min(bytes.length, from + Math.max(1, LONGEST_RECORD + 1 - this.carried))
    const lost = this.lost !== null
    const to = lost || this.extent.ended ? most : this.extent.run(bytes, from, most)
    this.append(bytes, from, to)
    this.matched = lost ? 0 : this.carried
    if (lost || this.extent.ended || this.carried >= this.nextTry || this.carried > LONGEST_RECORD) this.drain()
    return to
  }

  private append(bytes: Uint8Array, from: number, to: number): void {
    const length = this.carried + to - from
    if (length + FAST_REACH > this.carry.length) {
      const room = this.carry.length < LEAP ? Math.max(NEW_CARRY, this.carry.length * 2) : LONGEST_RECORD + 1 + FAST_REACH
      const grown = new Uint8Array(Math.max(room, length + FAST_REACH))
      grown.set(this.carry.subarray(0, this.carried))
      this.carry = grown
    }
    this.carry.set(bytes.subarray(from, to), this.carried)
    this.carried = length
  }

  /** Reads the carried bytes as far as possible. */
  private drain(): void {
    this.walkCarry()
    while (this.carried > LONGEST_RECORD && this.lost === null) {
      this.lose('too-long', this.offset, this.carry[0] === QUOTE ? 1 : 0)
      this.walkCarry()
    }
    if (this.lost === null && this.matched < this.carried) {
      if (this.matched === 0) this.extent.start(this.carry[0] === QUOTE ? 1 : 0)
      this.extent.run(this.carry, this.matched, this.carried)
      this.matched = this.carried
    }
    this.nextTry = this.carried * 2
    if (this.carry.length > KEPT_CARRY && this.carried < NEW_CARRY - FAST_REACH) this.shrink()
  }

  private walkCarry(): void {
    if (this.carried === 0) return
    this.carry.fill(0, this.carried, this.carried + FAST_REACH)
    const p = this.walk(this.carry, 0, this.carried, this.offset)
    if (p === 0) return
    this.carry.copyWithin(0, p, this.carried)
    this.carried -= p
    this.offset += p
    this.matched = 0
  }

  private shrink(): void {
    const small = new Uint8Array(NEW_CARRY)
    small.set(this.carry.subarray(0, this.carried))
    this.carry = small
    this.json.open(small, 0, 0)
  }

  /** Reads records from `bytes[from, end)`. Returns the position of the first incomplete item, or `end`. */
  private walk(bytes: Uint8Array, from: number, end: number, base: number): number {
    let p = from
    for (;;) {
      if (this.lost !== null) {
        p = this.findRecord(bytes, p, end, base)
        if (this.lost !== null) return p
      }
      if (p >= end) return end
      const c = bytes[p]!
      let next = p + 1
      if (c === BRACE_OPEN) next = this.object(bytes, p, end, base)
      else if (c === QUOTE) next = this.text(bytes, p, p + 1, end, base)
      else if (c === BOM[0]) next = this.byteOrderMark(bytes, p, end, base)
      else if (c === BRACKET_CLOSE) this.inTail = true
      else if (c === BRACKET_OPEN || c === BRACE_CLOSE) this.inTail = false
      else if (c !== COMMA && c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) this.lose(null, base + p, 0)
      if (next < 0) return p
      if (this.lost === null) p = next
    }
  }

  /** Reads a record or the head of a wrapper. Returns the position after it, or -1 if it continues after the end. */
  private object(bytes: Uint8Array, p: number, end: number, base: number): number {
    const { json } = this
    this.inTail = false
    if (bytes[p + 1] === BACKSLASH && p + 1 < end) return this.text(bytes, p, p, end, base)
    json.open(bytes, p, end)
    const { opened } = this
    const outcome = this.record.read(base)
    this.opened = false
    const after = json.p
    if (outcome === 'wrapper') {
      const { kind, isObject } = this.record.envelope
      this.opened = isObject
      if (kind !== null) this.notes.push({ reason: kind, offset: base + p, sample: sampleOf(bytes, p, after) })
      return after
    }
    if (outcome === 'record' || outcome === 'other') {
      this.tellNotes()
      this.inTail = opened
    }
    if (outcome === 'record') {
      this.state.resume = base + after
      return after
    }
    if (outcome === 'other') return this.other(bytes, p, after, base)
    if (outcome === 'long') this.lose('too-long', base + p, 0)
    else if (json.failedAt >= end) {
      this.opened = opened
      return K.FAIL
    } else this.lose(json.failedAt - p > LONGEST_RECORD ? 'too-long' : json.tooDeep ? 'too-deep' : 'not-json', base + p, 0)
    return p
  }

  private tellNotes(): void {
    if (this.notes.length === 0) return
    for (const { reason, offset, sample } of this.notes.splice(0)) this.found.warn(reason, offset, sample)
  }

  /**
   * Reads a string in place of a record, whose text begins at `from`: one record as text, or an array of records. The opening quote may have been lost; then
   * the text begins with the brace at `p`. Returns the position after it, or -1 if it continues after the end.
   */
  private text(bytes: Uint8Array, p: number, from: number, end: number, base: number): number {
    const { json } = this
    const begins = beginsDocument(bytes, from, end)
    if (begins === null) return K.FAIL
    if (!begins && this.inTail) return this.tail(bytes, p, end, base)
    json.open(bytes, from - 1, end)
    if (begins && !json.string() && json.failedAt >= end) return K.FAIL
    const isRead = begins && json.p > from && this.depth < MOST_ENCLOSED
    const document = isRead ? new Enclosed(bytes, { start: json.textStart, end: json.textEnd }) : null
    if (document !== null && this.enclosed(bytes, p, json.p, base, document, true)) {
      this.tellNotes()
      this.inTail = false
      return json.p
    }
    this.lose(p === from ? 'not-json' : null, base + p, 0)
    return p
  }

  /** Handles an object that is not a record: if a record begins in it, reading continues there. */
  private other(bytes: Uint8Array, p: number, after: number, base: number): number {
    const { text, flows } = this.record.envelope
    const span = flows ?? text
    if (span !== null && this.depth < MOST_ENCLOSED) {
      const document = new Enclosed(bytes, span, flows === null ? null : { start: p, end: after })
      if (this.enclosed(bytes, p, after, base, document)) return after
    }
    const to = nextRecord(bytes, p + 1, after)
    const reason = to < after ? 'wrapper' : 'category'
    this.record.refuse(reason, base + p, to - p, sampleOf(bytes, p, to))
    this.state.resume = base + to
    return to
  }

  /**
   * Reads a document that is text in `bytes[p, after)`. False if it contains no record, or, for a bare text, none begins in it. The results have the positions
   * of the text, and the whole is their record.
   */
  private enclosed(bytes: Uint8Array, p: number, after: number, base: number, document: Enclosed, isBare = false): boolean {
    const { columns, groups, found, state, record } = this
    const from = columns.length
    const inner = new Scanner({ ...this.origin, offset: 0 }, columns, groups, this.depth + 1)
    inner.push(document.bytes)
    inner.finish()
    const { length } = document.bytes
    if (inner.seen.records === 0 || (isBare && inner.state.records === 0 && nextRecord(document.bytes, 0, length) === length)) return false
    for (let i = from; i < columns.length; i++) {
      columns.offset[i] = base + document.placeOf(columns.offset[i]!)
      columns.recordOffset[i] = base + p
    }
    record.adopt(inner.state, inner.seen)
    for (const one of inner.rejections)
      found.adopt({ ...one, reason: UNENDED.includes(one.reason) ? 'not-json' : one.reason }, base + document.placeOf(one.offset))
    found.warn('envelope-text', base + p, sampleOf(bytes, p, after))
    state.resume = base + after
    return true
  }

  /** Reads the members of a wrapper after its records. */
  private tail(bytes: Uint8Array, p: number, end: number, base: number): number {
    const { json } = this
    json.open(bytes, p, end)
    let key: number = json.key()
    for (; key > K.END; key = json.nextKey()) {
      if (key === K.RECORDS && json.peek() === BRACKET_OPEN) {
        this.inTail = false
        return json.p + 1
      }
      if (key === K.CATEGORY || key === K.PROPERTIES || key === K.FLOW_RECORDS) break
      if (!json.value(2, key)) {
        key = K.FAIL
        break
      }
    }
    if (key === K.END) {
      this.inTail = false
      return json.p
    }
    if (key === K.FAIL && json.failedAt >= end) return K.FAIL
    this.lose(null, base + p, 0)
    return p
  }

  private byteOrderMark(bytes: Uint8Array, p: number, end: number, base: number): number {
    for (let i = 0; i < BOM.length; i++) {
      if (p + i >= end) return K.FAIL
      if (bytes[p + i] !== BOM[i]) {
        this.lose(null, base + p, 0)
        return p
      }
    }
    return p + BOM.length
  }

  /** Marks the bytes from `offset` on as unreadable, for `reason`, or null if not even an object begins there. `braces` are open before it. */
  private lose(reason: RecordReason | null, offset: number, braces: number): void {
    this.inTail = false
    this.lost = { reason: reason ?? 'not-json', torn: reason !== null, offset, sample: [], before: 0 }
    this.broken.start(braces)
  }

  /**
   * Steps over unreadable bytes: to the next record or, if that comes first, after the brace that closes the torn object; if no object had begun, to the next
   * object that is not part of a record. Returns the position reached; `lost` remains until something is found.
   */
  private findRecord(bytes: Uint8Array, from: number, end: number, base: number): number {
    const lost = this.lost!
    let found = false
    let p = base + from > lost.offset || !lost.torn ? from : from + 1
    for (; p < end; p++) {
      p = bytes.indexOf(BRACE_OPEN, p)
      if (p < 0 || p >= end) {
        p = end
        break
      }
      const key = firstKey(bytes, p, end)
      if (key === UNDECIDED) break
      const before = p > from ? bytes[p - 1]! : lost.before
      const isLine = (before === 0x0a || before === 0x0d) && key !== NO_KEY
      found = lost.torn && !isLine ? K.isHead(key) : !K.isInner(key)
      if (found) break
    }
    if (lost.torn) {
      const close = this.broken.run(bytes, from, p)
      found ||= this.broken.ended
      p = close
    }
    this.collect(bytes, from, p)
    if (!found) return p
    const sample = sampleOf(Uint8Array.from(lost.sample), 0, lost.sample.length)
    this.record.refuse(lost.reason, lost.offset, base + p - lost.offset, sample)
    this.state.resume = base + p
    this.lost = null
    return p
  }

  /** Keeps the first unreadable bytes as a sample. */
  private collect(bytes: Uint8Array, from: number, to: number): void {
    const { sample } = this.lost!
    for (let p = from; p < to && sample.length < SAMPLE_BYTES; p++) sample.push(bytes[p]!)
    if (to > from) this.lost!.before = bytes[to - 1]!
  }
}
