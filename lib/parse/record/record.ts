import type { RecordReason } from '@/lib/flow/reading/reasons'
import type { Columns } from '@/lib/flow/tuple/columns'
import type { LogName } from '@/lib/flow/tuple/log'
import { nextRecord } from '@/lib/parse/json/first-key'
import { readFlat } from '@/lib/parse/json/flat'
import { decodeString, ITEM, type JsonReader } from '@/lib/parse/json/json'
import * as keys from '@/lib/parse/json/keys'
import type { Name } from '@/lib/parse/json/names'
import { type Families, NSG_V1, NSG_V2, VNET_V4 } from '@/lib/parse/tuple/groups'
import { type RejectionCounter, sampleOf } from '@/lib/parse/tuple/rejections'
import { Tuples } from '@/lib/parse/tuple/tuples'
import { Envelope } from './envelope'
import { Header, isKnownOrNewer } from './header'
import type { Head, KnownHeads } from './known-heads'
import { type ArrayLevel, NSG_LEVEL, VNET_LEVEL } from './levels'
import { openAsSpelled } from './opening'
import type { ScanOrigin, ScanState } from './scan'
import { UsualFlows } from './usual-flows'
import { LONG_NAME, NO_NAME, normaliseMac, ValueReader } from './values'
import type { Vocabulary } from './vocabulary'

// Copies, because some bundlers turn an imported binding into a getter, and these are read for every key.
const { ACL_ID, END, ENVELOPE, FAIL, FLOW_RECORDS, isHead, MAC, PROPERTIES, RECORDS, RULE, TIME, VERSION } = keys
const ELEMENT = ITEM
const BRACE = 0x7b
const QUOTE = 0x22
const BRACKET = 0x5b
/** Bytes. */
export const LONGEST_RECORD = 64 * 1024 * 1024

/**
 * `record`: it ends at the reader's position, kept or rejected. `wrapper`: it holds records, which begin there. `broken`: reading failed there. `long`: it ends
 * there and is longer than a record may be. `other`: it ends there and has no key of a record.
 */
export type RecordOutcome = 'record' | 'wrapper' | 'broken' | 'long' | 'other'

/**
 * Reads one record in one pass if the keys come in the usual order. An array whose meaning is not known yet is stepped over and read at the end of its object.
 * If a key is repeated or comes too late, the record is read a second time, every array after the rest of its object.
 */
export class RecordReader {
  private readonly values: ValueReader
  private readonly header: Header
  private readonly tuples: Tuples
  private readonly families: Families
  private readonly usualFlows: UsualFlows
  private readonly heads: KnownHeads
  /** The head that the header's values are from, if it is known. */
  private head: Head | null = null
  private readonly pathLog: LogName | null
  readonly seen = { records: 0, tuples: 0 }

  readonly envelope: Envelope
  private careful = false
  private disorder = false
  private reason: RecordReason | null = null
  /** True if an array of one element was written as that element alone. */
  private unrolled = false
  /** True if an array was written as an object with the array below the key `value`. */
  private boxed = false
  private isFlat = false
  private recordMac = ''
  private log: LogName | null = null
  private version = Number.NaN
  private acl: Name | null = null
  private rule: Name | null = null
  private flowsMac: Name | null = null

  constructor(
    private readonly origin: ScanOrigin,
    private readonly json: JsonReader,
    private readonly columns: Columns,
    private readonly vocabulary: Vocabulary,
    private readonly rejections: RejectionCounter,
    private readonly state: ScanState,
  ) {
    this.values = new ValueReader(json, vocabulary.names)
    this.header = new Header(this.values)
    this.envelope = new Envelope(json)
    this.tuples = new Tuples(json, columns, rejections)
    this.families = vocabulary.families
    this.heads = vocabulary.heads
    this.usualFlows = new UsualFlows(json, vocabulary.names, vocabulary.families, this.tuples)
    this.pathLog = origin.scope === null ? null : vocabulary.logOf(origin.scope)
    state.log = this.pathLog
  }
  /** Reads the object at the reader's position; `base` is the blob offset of the reader's byte 0. */
  read(base: number): RecordOutcome {
    const start = this.json.p
    if (this.readUsual(base)) return 'record'
    let outcome = this.attempt(base, false)
    if (outcome === 'record' && this.disorder) {
      this.json.p = start
      outcome = this.attempt(base, true)
    }
    const { bytes, p: end } = this.json
    if (outcome === 'record' && end - start > LONGEST_RECORD) outcome = 'long'
    if (outcome === 'record' && !this.header.categorySeen) outcome = 'other'
    if (outcome === 'record' && this.families.tooMany) this.fault('too-many')
    if (outcome !== 'record' || this.reason !== 'layout') this.envelope.flows = null
    else if (this.envelope.flows !== null) outcome = 'other'
    // A torn head may have swallowed the records after it.
    if (outcome === 'record' && this.reason !== null && nextRecord(bytes, start + 1, end) < end) outcome = 'other'
    if (outcome === 'record' && this.reason === null && this.isNewer) {
      if (this.tuples.count === 0 && this.tuples.seen > 0) this.reason = 'version'
      else this.rejections.tuple('warning', 'version-newer', base + start, bytes, start, end)
    }
    if (outcome === 'record' && this.isFlat) this.rejections.tuple('warning', 'envelope-flat', base + start, bytes, start, end)
    if (outcome === 'record' && this.unrolled) this.rejections.tuple('warning', 'unrolled', base + start, bytes, start, end)
    if (outcome === 'record' && this.boxed) this.rejections.tuple('warning', 'boxed', base + start, bytes, start, end)
    if (outcome !== 'record') this.drop()
    else if (this.reason === null) this.keep(base + start)
    else this.refuse(this.reason, base + start, end - start, sampleOf(bytes, start, end))
    return outcome
  }

  /** Reads a record with a known head and flows in Azure's spelling, and keeps it. False, with the reader where it was, for any other record. */
  private readUsual(base: number): boolean {
    const { json, header, heads, tuples } = this
    const start = json.p
    if (!this.matchHead(start) || header.isNewer) return false
    tuples.begin(base)
    this.families.begin()
    const { time, after } = heads
    const end = header.isNsg
      ? this.usualFlows.nsg(after, this.log!, this.recordMac, header.resourceId!, time)
      : this.usualFlows.vnet(after, this.log!, this.recordMac, time)
    if (end < 0 || end - start > LONGEST_RECORD || this.families.tooMany) return false
    json.p = end
    this.keep(base + start)
    return true
  }

  /** True if the head of the record at `start` is known: then the header has its values. */
  private matchHead(start: number): boolean {
    const { json, heads, header } = this
    const head = heads.match(json.bytes, json.view, start, json.end, this.head)
    if (head === null) return false
    if (head !== this.head) {
      header.adopt(head.facts)
      this.recordMac = head.facts.mac
      this.log = this.pathLog ?? this.vocabulary.logOf(header.resource?.text ?? '')
      this.head = head
    }
    header.time = heads.time
    return true
  }

  /** Counts `length` bytes from `offset` on as one rejected record. */
  refuse(reason: RecordReason, offset: number, length: number, sample: string): void {
    this.drop()
    this.seen.records++
    this.state.malformed++
    this.rejections.record(reason, offset, length, sample)
  }

  /** Adds the findings of another reader in a document inside this one. */
  adopt(state: ScanState, seen: { records: number; tuples: number }): void {
    const { state: own } = this
    this.seen.records += seen.records
    this.seen.tuples += seen.tuples
    own.records += state.records
    own.tuples += state.tuples
    own.malformed += state.malformed
    own.through = later(own.through, state.through)
    own.last = later(own.last, state.last)
    own.first = state.first === null ? own.first : Math.min(own.first ?? state.first, state.first)
    own.log ??= state.log
  }

  private drop(): void {
    this.tuples.begin(0)
    this.families.drop()
    this.rejections.drop()
  }

  private keep(offset: number): void {
    const { state, tuples, columns, header } = this
    const recordTime = header.time!
    const from = columns.length
    this.seen.records++
    this.seen.tuples += tuples.seen
    tuples.keep(recordTime, this.origin.blob, this.origin.hour ?? -1, offset)
    this.families.keep()
    state.records++
    state.tuples += columns.length - from
    state.malformed += this.rejections.keep()
    if (state.through === null || recordTime > state.through) state.through = recordTime
    let first = state.first ?? Number.POSITIVE_INFINITY
    let last = state.last ?? Number.NEGATIVE_INFINITY
    for (let i = from; i < columns.length; i++) {
      const time = columns.time[i]!
      if (time < first) first = time
      if (time > last) last = time
    }
    if (columns.length > from) {
      state.first = first
      state.last = last
    }
    state.log ??= this.log
  }

  private attempt(base: number, careful: boolean): RecordOutcome {
    const { json, header } = this
    this.drop()
    this.tuples.begin(base)
    this.families.begin()
    this.careful = careful
    this.disorder = false
    this.reason = null
    this.version = Number.NaN
    this.unrolled = false
    this.boxed = false
    this.isFlat = false
    this.envelope.begin()
    const start = json.p
    let isRecord = false
    let isEnveloped = false
    let times = 0
    let read = false
    let properties = -1
    let flowRecords = -1
    let key = FAIL
    if (!careful && this.matchHead(start)) {
      json.p = this.heads.after
      json.space()
      if (json.peek() === BRACE && json.torn(header.isNsg)) return 'broken'
      if (!this.envelope.takeFlows()) return 'broken'
      isRecord = true
      read = true
      if (!this.object(header.isNsg ? NSG_LEVEL : VNET_LEVEL)) return 'broken'
      key = json.nextKey()
    } else {
      header.begin()
      this.head = null
      key = json.firstKey()
    }
    for (; key > END; key = json.nextKey()) {
      if (!isRecord && (key === ENVELOPE || key === RECORDS)) {
        isEnveloped = true
        const opened = this.envelope.open(key)
        if (opened === 'broken') return 'broken'
        if (opened === 'opened') return 'wrapper'
      }
      if (Header.has(key)) {
        isRecord ||= key !== TIME
        if (key === TIME) times++
        if (read) {
          this.disorder = true
          // The header's values differ now from those of the remembered head.
          this.head = null
        }
        if (!header.take(key)) return 'broken'
        continue
      }
      if (key === RECORDS && !header.categorySeen && json.peek() === BRACKET) {
        json.p++
        return 'wrapper'
      }
      if (key === PROPERTIES || key === FLOW_RECORDS) {
        isRecord = true
        if (!this.envelope.takeFlows()) return 'broken'
        if (read) this.disorder = true
        else if (!careful && header.complete && header.isNsg === (key === PROPERTIES)) {
          read = true
          if (times === 1 && !isEnveloped) this.head = this.heads.learn(json.bytes, json.view, start, json.p, header.facts)
          if (!this.flows()) return 'broken'
          continue
        } else if (key === PROPERTIES) properties = json.p
        else flowRecords = json.p
      }
      if (!json.value(2, key)) return 'broken'
    }
    if (key === FAIL) return 'broken'
    if (read) return 'record'
    this.reason = header.fault()
    if (this.reason !== null) return 'record'
    const flows = header.isNsg ? properties : flowRecords
    if (flows < 0) this.flat(start)
    else this.later(flows, () => this.flows())
    return 'record'
  }

  /** A record without flows may itself be a tuple. */
  private flat(start: number): void {
    const { json, header } = this
    const after = json.p
    json.p = start
    const flat = header.isNsg ? readFlat(json) : null
    json.p = after
    if (flat === null) {
      this.fault('layout')
      return
    }
    const { version, rule, text, start: from, end } = flat
    const mac = header.mac || normaliseMac(flat.mac) || (this.origin.mac ?? '')
    const format = version === 1 ? NSG_V1 : NSG_V2
    this.log = this.pathLog ?? this.vocabulary.logOf(header.resource?.text ?? '')
    this.isFlat = true
    const name = { text: rule, bytes: new Uint8Array(0) }
    this.tuples.readOne(
      text,
      from,
      end,
      format,
      this.families.family(format, this.log, mac, header.resourceId ?? NO_NAME, name),
      header.time!,
    )
  }

  private get isNewer(): boolean {
    return this.header.isNewer || (this.header.isNsg && this.version > 2)
  }

  private fault(reason: RecordReason): void {
    this.reason ??= reason
  }

  /** Reads a value that was stepped over, which is known to be JSON. */
  private later(at: number, read: () => void): void {
    const { json } = this
    const after = json.p
    json.p = at
    read()
    json.p = after
  }

  /** Reads `properties` or `flowRecords` after the header is complete. */
  private flows(): boolean {
    const { header } = this
    this.recordMac = header.mac
    this.log = this.pathLog ?? this.vocabulary.logOf(header.resource?.text ?? '')
    return this.object(header.isNsg ? NSG_LEVEL : VNET_LEVEL)
  }

  private object(level: ArrayLevel): boolean {
    const { json } = this
    if (json.peek() !== BRACE) {
      this.fault('layout')
      return json.value(level.depth)
    }
    const says = level.says === MAC && this.recordMac !== '' ? null : level.says
    let said = says === null
    if (says === VERSION) this.version = Number.NaN
    else if (says === RULE) this.rule = null
    else if (says === ACL_ID) this.acl = null
    else if (says === MAC) this.flowsMac = null
    let read = false
    let held = -1
    const start = json.p
    let key = FAIL
    if (level.spelled !== null && !this.careful && openAsSpelled(json, level.spelled)) {
      if (says !== null) this.say(says, this.values.nameBetween(json.textStart, json.textEnd))
      read = true
      if (!this.array(level)) return false
      key = json.nextKey()
    } else key = json.firstKey()
    if (!read && isHead(key) && level.depth > NSG_LEVEL.depth) {
      json.p = start
      if (json.torn(false)) return false
      key = json.firstKey()
    }
    for (; key > END; key = json.nextKey()) {
      if (key === says) {
        if (read) this.disorder = true
        said = true
        if (!this.take(says)) return false
      } else if (key === level.holds) {
        if (read) this.disorder = true
        else if (said && !this.careful && this.saidWrong(says) === null) {
          read = true
          if (!this.array(level)) return false
          continue
        } else held = json.p
        if (!json.value(level.depth + 1, key)) return false
      } else if (!json.value(level.depth + 1, key)) return false
    }
    if (key === FAIL) return false
    if (read) return true
    const reason = this.saidWrong(says) ?? (held < 0 ? 'layout' : null)
    if (reason !== null) this.fault(reason)
    else this.later(held, () => this.array(level))
    return true
  }

  private take(says: number): boolean {
    if (says === VERSION) {
      const version = this.values.version(3)
      if (version === undefined) return false
      this.version = version
      return true
    }
    const name = this.values.name(says === MAC ? 7 : 5)
    if (name === undefined) return false
    this.say(says, name)
    return true
  }

  private say(says: number, name: Name | null): void {
    if (says === MAC) this.flowsMac = name
    else if (says === ACL_ID) this.acl = name
    else this.rule = name
  }

  private saidWrong(says: number | null): RecordReason | null {
    if (says === null) return null
    if (says === VERSION) return isKnownOrNewer(this.version, 1) ? null : 'version'
    const name = says === MAC ? this.flowsMac : says === ACL_ID ? this.acl : this.rule
    if (name === LONG_NAME) return 'too-long'
    return name === null && says !== MAC ? 'layout' : null
  }

  private array(level: ArrayLevel): boolean {
    const { json } = this
    const c = json.peek()
    const boxed = c === BRACE ? this.valueArray(level) : 0
    if (boxed === FAIL) return false
    if (boxed > 0) {
      this.boxed = true
      this.later(boxed, () => (this.holdsRecord(level) ? this.fault('layout') : this.array(level)))
      return true
    }
    if (c !== BRACKET && c === (level.inner === null ? QUOTE : BRACE)) this.unrolled = true
    else if (c !== BRACKET) {
      this.fault('layout')
      return json.value(level.depth + 1)
    }
    if (level.inner === null) return this.tuplesOf(level)
    if (c === BRACE) return this.object(level.inner)
    let item = json.firstItem()
    while (item === ELEMENT) {
      if (!this.object(level.inner)) return false
      item = json.nextItem()
    }
    return item === END
  }

  /**
   * Finds the array `value` of the object at the reader's position and moves the reader after the object. Returns where the array begins; 0 if there is none,
   * FAIL if the object is broken.
   */
  private valueArray(level: ArrayLevel): number {
    const { json } = this
    const start = json.p
    let at = 0
    let key = json.firstKey()
    for (; key > END; key = json.nextKey()) {
      if (key === ENVELOPE && json.peek() === BRACKET && isValue(json)) at = json.p
      if (!json.value(level.depth + 2, key)) return FAIL
    }
    if (key === FAIL) return FAIL
    if (at === 0) json.p = start
    return at
  }

  /** True if an element of the array at the reader's position, which is known to be JSON, is a record. Restores the position. */
  private holdsRecord(level: ArrayLevel): boolean {
    const { json } = this
    const start = json.p
    let found = false
    for (let item = json.firstItem(); item === ELEMENT && !found; item = json.nextItem())
      found = (json.peek() === BRACE && json.torn(false)) || !json.value(level.depth + 3)
    json.p = start
    return found
  }

  private tuplesOf(level: ArrayLevel): boolean {
    const { header } = this
    const format = header.isNsg ? (this.version === 1 ? NSG_V1 : NSG_V2) : VNET_V4
    const acl = header.isNsg ? (header.resourceId ?? NO_NAME) : this.acl!
    const mac = this.recordMac || (header.isNsg && this.flowsMac ? normaliseMac(this.flowsMac.text) : '') || (this.origin.mac ?? '')
    const family = this.families.family(format, this.log!, mac, acl, this.rule!)
    return this.tuples.read(format, family, level.depth + 2, header.time!)
  }
}

function isValue({ bytes, textStart, textEnd, escaped }: JsonReader): boolean {
  return decodeString(bytes, textStart, textEnd, escaped).toLowerCase() === 'value'
}

function later(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b)
}
