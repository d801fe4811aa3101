import type { Columns } from '@/lib/flow/columns'
import { describeLog, type LogName } from '@/lib/flow/log'
import type { FlowGroup } from '@/lib/flow/tuple'
import { Families, NSG_V1, NSG_V2, VNET_V4 } from './groups'
import { Header } from './header'
import { ITEM, type JsonReader } from './json'
import * as keys from './keys'
import { type Level, NSG_LEVEL, VNET_LEVEL } from './levels'
import type { Name } from './names'
import { type RecordReason, type Rejections, sampleOf } from './rejections'
import type { ScanOrigin, ScanState } from './scan'
import { Tuples } from './tuples'
import { LONG_NAME, NO_NAME, normaliseMac, Values } from './values'

// Copies, because some bundlers turn an imported binding into a getter, and these are read for every key.
const { ACL_ID, END, FAIL, FLOW_RECORDS, MAC, PROPERTIES, RECORDS, RULE, VERSION } = keys
const ELEMENT = ITEM
const BRACE = 0x7b
const BRACKET = 0x5b
/** Bytes. */
export const LONGEST_RECORD = 64 * 1024 * 1024

/** `record` it ends at the reader's position, kept or refused; `wrapper` it holds records, which begin there; `broken` it failed there. */
export type Outcome = 'record' | 'wrapper' | 'broken'

/**
 * Reads one record in one pass where the keys come in the usual order. An array whose meaning is not known yet is stepped over and read when its
 * object ends. Where a key comes again, or too late, the record is read a second time, every array after the rest of its object.
 */
export class RecordReader {
  private readonly values: Values
  private readonly header: Header
  private readonly tuples: Tuples
  private readonly families: Families
  private readonly pathLog: LogName | null
  private readonly logs = new WeakMap<Name, LogName>()
  readonly seen = { records: 0, tuples: 0 }

  private careful = false
  private disorder = false
  private reason: RecordReason | null = null
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
    groups: Map<number, FlowGroup>,
    private readonly rejections: Rejections,
    private readonly state: ScanState,
  ) {
    this.values = new Values(json)
    this.header = new Header(this.values)
    this.tuples = new Tuples(json, columns, rejections)
    this.families = new Families(origin.source, groups)
    this.pathLog = origin.scope === null ? null : describeLog(origin.source, origin.scope)
    state.log = this.pathLog
  }
  /** Reads the object at the reader's position; `base` is the blob offset of the reader's byte 0. */
  read(base: number): Outcome {
    const start = this.json.p
    let outcome = this.attempt(base, false)
    if (outcome === 'record' && this.disorder) {
      this.json.p = start
      outcome = this.attempt(base, true)
    }
    if (outcome !== 'record') this.drop()
    else {
      if (this.json.p - start > LONGEST_RECORD) this.reason = 'too-long'
      if (this.reason === null) this.keep(base + start)
      else this.refuse(this.reason, base + start, sampleOf(this.json.bytes, start, this.json.p))
    }
    return outcome
  }

  /** Counts a record that cannot be kept. */
  refuse(reason: RecordReason, offset: number, sample: string): void {
    this.drop()
    this.seen.records++
    this.state.malformed++
    this.rejections.record(reason, offset, sample)
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
    state.through = Math.max(state.through ?? recordTime, recordTime)
    for (let i = from; i < columns.length; i++) {
      const time = columns.time[i]!
      if (state.first === null || time < state.first) state.first = time
      if (state.last === null || time > state.last) state.last = time
    }
    state.log ??= this.log
  }

  private attempt(base: number, careful: boolean): Outcome {
    const { json, header } = this
    this.drop()
    this.tuples.begin(base)
    this.careful = careful
    this.disorder = false
    this.reason = null
    header.begin()
    let read = false
    let properties = -1
    let flowRecords = -1
    let key = json.firstKey()
    for (; key > END; key = json.nextKey()) {
      if (Header.has(key)) {
        if (read) this.disorder = true
        if (!header.take(key)) return 'broken'
        continue
      }
      if (key === RECORDS && !header.categorySeen && json.peek() === BRACKET) {
        json.p++
        return 'wrapper'
      }
      if (key === PROPERTIES || key === FLOW_RECORDS) {
        if (read) this.disorder = true
        else if (!careful && header.complete && header.isNsg === (key === PROPERTIES)) {
          read = true
          if (!this.flows()) return 'broken'
          continue
        } else if (key === PROPERTIES) properties = json.p
        else flowRecords = json.p
      }
      if (!json.value(2)) return 'broken'
    }
    if (key === FAIL) return 'broken'
    if (read) return 'record'
    this.reason = header.fault()
    if (this.reason !== null) return 'record'
    const flows = header.isNsg ? properties : flowRecords
    if (flows < 0) this.fault('layout')
    else this.later(flows, () => this.flows())
    return 'record'
  }

  private fault(reason: RecordReason): void {
    this.reason ??= reason
  }

  /** Reads what was stepped over, which is known to be JSON. */
  private later(at: number, read: () => boolean): void {
    const { json } = this
    const after = json.p
    json.p = at
    read()
    json.p = after
  }

  /** `properties` or `flowRecords`, the header being complete. */
  private flows(): boolean {
    const { header } = this
    this.recordMac = header.mac
    this.log = this.pathLog ?? this.logOf(header.resource)
    return this.object(header.isNsg ? NSG_LEVEL : VNET_LEVEL)
  }

  private logOf(resource: Name | null): LogName {
    if (resource === null) return describeLog(this.origin.source, '')
    const known = this.logs.get(resource)
    if (known !== undefined) return known
    const log = describeLog(this.origin.source, resource.text)
    this.logs.set(resource, log)
    return log
  }

  private object(level: Level): boolean {
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
    let key = json.firstKey()
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
        if (!json.value(level.depth + 1)) return false
      } else if (!json.value(level.depth + 1)) return false
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
    if (says === MAC) this.flowsMac = name
    else if (says === ACL_ID) this.acl = name
    else this.rule = name
    return true
  }

  private saidWrong(says: number | null): RecordReason | null {
    if (says === null) return null
    if (says === VERSION) return this.version === 1 || this.version === 2 ? null : 'version'
    const name = says === MAC ? this.flowsMac : says === ACL_ID ? this.acl : this.rule
    if (name === LONG_NAME) return 'too-long'
    return name === null && says !== MAC ? 'layout' : null
  }

  private array(level: Level): boolean {
    const { json } = this
    if (json.peek() !== BRACKET) {
      this.fault('layout')
      return json.value(level.depth + 1)
    }
    if (level.inner === null) return this.tuplesOf(level)
    let item = json.firstItem()
    while (item === ELEMENT) {
      if (!this.object(level.inner)) return false
      item = json.nextItem()
    }
    return item === END
  }

  private tuplesOf(level: Level): boolean {
    const { header } = this
    const format = header.isNsg ? (this.version === 1 ? NSG_V1 : NSG_V2) : VNET_V4
    const acl = header.isNsg ? (header.resourceId ?? NO_NAME) : this.acl!
    const mac = this.recordMac || (header.isNsg && this.flowsMac ? normaliseMac(this.flowsMac.text) : '') || (this.origin.mac ?? '')
    const family = this.families.family(format, this.log!, mac, acl, this.rule!)
    return this.tuples.read(format, family, level.depth + 2)
  }
}
