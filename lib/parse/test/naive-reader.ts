import { describeLog } from '@/lib/flow/tuple/log'
import type { Format } from '@/lib/flow/tuple/tuple'
import type { ScanOrigin, ScanState } from '../scanner'
import { naiveEnclosed } from './naive-enclosed'
import {
  Bad,
  beginningAt,
  braces,
  Cut,
  documentAt,
  ENVELOPE_KEYS,
  NaiveJson,
  type Node,
  RECORD_KEYS,
  textEnd,
  utf8,
  Wrapper,
} from './naive-json'
import { naiveTime } from './naive-time'
import { type NaiveTuple, naiveTuple, Refused } from './naive-tuple'

/** A row in words. `proto` and `state` are `other …` before an undocumented token. */
export interface NaiveRow extends NaiveTuple {
  recordTime: number
  source: string
  log: string
  logName: string
  mac: string
  format: Format
  acl: string
  rule: string
  blob: number
  hour: number
  offset: number
  recordOffset: number
}

export interface NaiveRejection {
  what: string
  reason: string
  count: number
  bytes: number
  offset: number
  sample: string
}

export interface NaiveReading {
  rows: NaiveRow[]
  /** By `what reason`. */
  rejected: Map<string, NaiveRejection>
  state: ScanState
}

interface Found {
  rows: NaiveRow[]
  refused: [reason: string, tuple: Node][]
  warnings: [reason: string, tuple: Node][]
  unrolled: boolean
  boxed: boolean
  /** Different rules, and groups with undocumented tokens, as text. */
  rules: Set<string>
  odd: Set<string>
}

function nothingFound(): Found {
  return { warnings: [], refused: [], rows: [], unrolled: false, boxed: false, rules: new Set(), odd: new Set() }
}

const FLAT_KEYS = [
  ...['starttime', 'sourceaddress', 'destinationaddress', 'sourceport', 'destinationport', 'transportprotocol', 'devicedirection'],
  ...['deviceaction', 'flowstate', 'packetsstod', 'bytesstod', 'packetsdtos', 'bytesdtos'],
]
const LONGEST_RECORD = 64 * 1024 * 1024

/** Reads the whole blob at once, plainly and slowly; the scanner must give the same result. */
export function readNaively(bytes: Uint8Array, origin: ScanOrigin, depth = 0): NaiveReading {
  return new NaiveReader(bytes, origin, depth).read()
}

class NaiveReader {
  private readonly text: string
  private readonly rows: NaiveRow[] = []
  private readonly rejected = new Map<string, NaiveRejection>()
  private readonly state: ScanState
  /** True if an object was opened, and its record is next. */
  private opened = false
  /** True if that record has ended. */
  private behindOpened = false
  private notes: [reason: string, start: number, end: number][] = []

  constructor(
    bytes: Uint8Array,
    private readonly origin: ScanOrigin,
    /** Number of documents around this one. */
    private readonly depth: number,
  ) {
    this.text = Buffer.from(bytes).toString('latin1')
    const log = origin.scope === null ? null : describeLog(origin.source, origin.scope)
    this.state = { records: 0, tuples: 0, malformed: 0, resume: origin.offset, through: null, first: null, last: null, log }
  }

  read(): NaiveReading {
    const { text, state, origin } = this
    let p = 0
    let behindRecords = origin.offset > 0
    while (p < text.length) {
      const c = text[p]!
      const isText = c === '"' ? !behindRecords || documentAt(text, p + 1) !== 'other' : text.startsWith('{\\', p)
      if (c === '{' || c === '"') {
        const next = isText ? this.document(p) : c === '{' ? this.object(p) : (this.tail(p) ?? this.junk(p))
        if (next === null) break
        p = next
        behindRecords = this.behindOpened
        this.behindOpened = false
      } else if (c === ']') {
        behindRecords = true
        p++
      } else if (c === '[' || c === '}') {
        behindRecords = false
        p++
      } else if (' \t\r\n,'.includes(c)) p++
      else if (text.startsWith('\xef\xbb\xbf', p)) p += 3
      else {
        const next = this.junk(p)
        if (next === null) break
        p = next
        behindRecords = false
      }
    }
    state.tuples = this.rows.length
    for (const row of this.rows) {
      state.first = Math.min(state.first ?? Infinity, row.time)
      state.last = Math.max(state.last ?? -Infinity, row.time)
    }
    for (const one of this.rejected.values()) {
      if (one.what !== 'warning') state.malformed += one.count
      one.offset += origin.offset
    }
    return { rows: this.rows, rejected: this.rejected, state }
  }

  private reject(what: string, reason: string, start: number, end: number): void {
    const key = `${what} ${reason}`
    const bytes = what === 'warning' ? 0 : end - start
    const known = this.rejected.get(key)
    if (known) {
      known.count++
      known.bytes += bytes
    } else {
      const sample = utf8(this.text.slice(start, Math.min(end, start + 480)))
        .slice(0, 120)
        .toWellFormed()
      this.rejected.set(key, { what, reason, count: 1, bytes, offset: start, sample })
    }
  }

  /** Rejects `[start, end)` as one record, permanently. Returns `end`. */
  private skip(reason: string, start: number, end: number): number {
    this.reject('record', reason, start, end)
    this.state.resume = this.origin.offset + end
    return end
  }

  /** Called if no object begins at `p`. Returns the next object that is not part of a record, or null if there is none. */
  private junk(p: number): number | null {
    for (let at = this.text.indexOf('{', p); at >= 0; at = this.text.indexOf('{', at + 1)) {
      const beginning = beginningAt(this.text, at)
      if (beginning === 'cut') break
      if (beginning !== 'inner') return this.skip('not-json', p, at)
    }
    this.reject('record', 'rest', p, this.text.length)
    return null
  }

  /** Returns where the first record begins, or may begin, within [from, to), or `to`; with `lines`, also one on a line of its own. */
  private nextHead(from: number, to: number, lines: boolean): number {
    for (let at = this.text.indexOf('{', from); at >= 0 && at < to; at = this.text.indexOf('{', at + 1)) {
      const beginning = beginningAt(this.text, at)
      const onLine = beginning === 'key' && '\r\n'.includes(this.text[at - 1]!)
      if (beginning === 'head' || (lines && (onLine || beginning === 'cut'))) return at
    }
    return to
  }

  /**
   * Called if the object at `p` cannot be read. Returns its end by its braces or the beginning of the next record, whichever is first, or null while neither is
   * certain.
   */
  private torn(p: number, reason: string): number | null {
    const { length } = this.text
    const next = this.nextHead(p + 1, length, true)
    const end = braces(this.text, p)?.end ?? Number.POSITIVE_INFINITY
    const isSure = next < length && beginningAt(this.text, next) !== 'cut'
    if (end <= next || isSure) return this.skip(reason, p, Math.min(end, next))
    this.reject('record', 'truncated', p, length)
    return null
  }

  /** Reads the document in a string in place of a record, or in one without its first quote. */
  private document(p: number): number | null {
    const { text } = this
    const isQuoted = text[p] === '"'
    const from = isQuoted ? p + 1 : p
    const begins = documentAt(text, from)
    const end = begins === 'document' ? textEnd(text, from) : begins === 'cut' ? 'cut' : null
    if (end === 'cut') {
      this.reject('record', 'truncated', p, text.length)
      return null
    }
    if (end !== null && this.enclosed(from, end, p, end + 1)) {
      for (const note of this.notes.splice(0)) this.reject('warning', ...note)
      return end + 1
    }
    return isQuoted ? this.junk(p) : this.torn(p, 'not-json')
  }

  /** Returns the position after the object that begins at `p`, or null if it never ends. */
  private object(p: number): number | null {
    const { text } = this
    const json = new NaiveJson(text, p + 1)
    const { opened } = this
    this.opened = false
    try {
      if (!/[ \t\r\n]*\}/y.test(text.slice(p + 1))) json.members(1, 'head')
    } catch (problem) {
      if (problem instanceof Wrapper) {
        this.opened = problem.isObject
        if (problem.envelope !== null) this.notes.push([problem.envelope, p, problem.at])
        return problem.at
      }
      if (!(problem instanceof Bad)) throw problem
      const isCut = problem instanceof Cut
      if (isCut && text.length - p <= LONGEST_RECORD) {
        const isRecord = beginningAt(text, p) === 'head' && !/^\{\s*"records"/i.test(text.slice(p, p + 80))
        const next = this.nextHead(p + 1, text.length, false)
        if (!isRecord && next < text.length) return this.torn(p, 'wrapper')
        const inside = readNaively(Buffer.from(text.slice(next), 'latin1'), { ...this.origin, offset: 0 }, this.depth + 1)
        if (inside.state.records > 0) return this.torn(p, 'not-json')
        this.reject('record', 'truncated', p, text.length)
        return null
      }
      return this.torn(p, problem.at - p > LONGEST_RECORD || isCut ? 'too-long' : problem.why)
    }
    const node = new NaiveJson(text, p).value(1)
    JSON.parse(utf8(text.slice(p, node.end)))
    if (node.end - p > LONGEST_RECORD) return this.torn(p, 'too-long')
    for (const note of this.notes.splice(0)) this.reject('warning', ...note)
    this.behindOpened = opened
    if (member(node, 'category') === undefined) {
      if (this.inString(node)) return node.end
      const inside = this.nextHead(p + 1, node.end, false)
      return this.skip(inside < node.end ? 'wrapper' : 'category', p, inside)
    }
    const flows = node.members.findLast(({ key, value }) => ['properties', 'flowrecords'].includes(key) && this.isDocument(value))?.value
    const around: [number, number] = [node.start, node.end]
    if (flows !== undefined && this.isLayout(node) && this.enclosed(flows.start + 1, flows.end - 1, ...around, true)) return node.end
    const inside = this.nextHead(p + 1, node.end, false)
    if (!this.record(node, inside < node.end)) return this.skip('wrapper', p, inside)
    this.state.resume = this.origin.offset + node.end
    return node.end
  }

  /** The same for members of a wrapper after its records; null if there are none. */
  private tail(p: number): number | null {
    const json = new NaiveJson(this.text, p)
    try {
      json.members(1, 'tail')
      return json.at
    } catch (problem) {
      if (problem instanceof Wrapper) return problem.at
      if (!(problem instanceof Bad)) throw problem
      if (!(problem instanceof Cut)) return null
    }
    this.reject('record', 'truncated', p, this.text.length)
    return this.text.length
  }

  private isDocument({ kind, start }: Node): boolean {
    return kind === 'string' && documentAt(this.text, start + 1) === 'document'
  }

  /** Reads the document in a string of an object that is not a record; false if there is none. */
  private inString(node: Node): boolean {
    const isRecord = node.members.findIndex(({ key }) => RECORD_KEYS.includes(key))
    const candidates = isRecord < 0 ? node.members : node.members.slice(0, isRecord)
    const found = candidates.find(({ key, value }) => ENVELOPE_KEYS.includes(key) && this.isDocument(value))?.value
    return found !== undefined && this.enclosed(found.start + 1, found.end - 1, node.start, node.end)
  }

  /** Reads the document in the text [from, to) inside [start, end), including the object around the string if `withObject`; false if it contains no record. */
  private enclosed(from: number, to: number, start: number, end: number, withObject = false): boolean {
    if (this.depth >= 3) return false
    const { bytes, places } = naiveEnclosed(this.text.slice(from, to), from)
    if (withObject) {
      const span = (a: number, b: number) => Array.from({ length: b - a }, (_, i) => a + i)
      places.unshift(...span(start, from - 1))
      places.push(...span(to + 1, end))
    }
    const around = (a: number, b: number) => Buffer.from(withObject ? this.text.slice(a, b) : '', 'latin1')
    const document = Buffer.concat([around(start, from - 1), bytes, around(to + 1, end)])
    const inner = readNaively(document, { ...this.origin, offset: 0 }, this.depth + 1)
    const records = [...inner.rejected.values()].filter(({ what }) => what === 'record')
    const isBare = start >= from - 1 && !withObject
    const heads = [...document.toString('latin1').matchAll(/\{/g)].filter(({ index, input }) => beginningAt(input, index) === 'head')
    if (inner.state.records === 0 && (records.length === 0 || (isBare && heads.length === 0))) return false
    const { state, origin } = this
    const placeOf = (at: number) => places[at] ?? to
    for (const row of inner.rows)
      this.rows.push({ ...row, offset: origin.offset + placeOf(row.offset), recordOffset: origin.offset + start })
    state.records += inner.state.records
    state.log ??= inner.state.log
    if (inner.state.through !== null) state.through = Math.max(state.through ?? 0, inner.state.through)
    for (const one of inner.rejected.values()) {
      const reason = one.reason === 'truncated' || one.reason === 'rest' ? 'not-json' : one.reason
      const known = this.rejected.get(`${one.what} ${reason}`)
      if (known) {
        known.count += one.count
        known.bytes += one.bytes
      } else this.rejected.set(`${one.what} ${reason}`, { ...one, reason, offset: placeOf(one.offset) })
    }
    this.reject('warning', 'envelope-text', start, end)
    state.resume = origin.offset + end
    return true
  }

  /** Returns false, and counts nothing, if the record cannot be kept and other records begin in it. */
  private record(node: Node, holdsOthers: boolean): boolean {
    const found = nothingFound()
    try {
      const header = this.header(node)
      this.flows(node, header, found)
      const isNewer = found.warnings.some(([reason]) => reason === 'version-newer')
      if (isNewer && found.rows.length === 0 && found.refused.length > 0) throw new Refused('version')
      this.state.records++
      this.rows.push(...found.rows)
      this.state.log ??= header.log
      this.state.through = Math.max(this.state.through ?? 0, header.recordTime)
      const inside = (one: Node): [number, number] => (one.kind === 'string' ? [one.start + 1, one.end - 1] : [one.start, one.end])
      for (const [reason, one] of found.refused) this.reject('tuple', reason, ...inside(one))
      if (found.boxed) found.warnings.push(['boxed', node])
      if (found.unrolled) found.warnings.push(['unrolled', node])
      for (const [reason, one] of found.warnings) this.reject('warning', reason, ...inside(one))
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem
      const isNewer = problem.reason === 'version' && found.warnings.some(([reason]) => reason === 'version-newer')
      if (holdsOthers && !isNewer) return false
      this.reject('record', problem.reason, node.start, node.end)
    }
    return true
  }

  /** True if it is a record except for the layout of its flows. */
  private isLayout(node: Node): boolean {
    try {
      this.flows(node, this.header(node), nothingFound())
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem
      return problem.reason === 'layout'
    }
    return false
  }

  private raw(node: Node): string {
    return utf8(this.text.slice(node.start, node.end))
  }

  private string(node: Node | undefined): string | null {
    if (node?.kind !== 'string') return null
    return (JSON.parse(this.raw(node)) as string).toWellFormed()
  }

  /** Returns a string, which must not be longer than 4 KiB as written. */
  private name(node: Node | undefined): string | null {
    const text = this.string(node)
    if (text !== null && node!.end - node!.start - 2 > 4096) throw new Refused('too-long')
    return text
  }

  private version(node: Node | undefined): number {
    const text = this.string(node)
    const isDigits = text !== null && /^[0-9]+$/.test(text) && text.length <= 4096
    const version = node?.kind === 'number' ? (JSON.parse(this.raw(node)) as number) : isDigits ? Number(text) : Number.NaN
    return Number.isSafeInteger(version) ? version : Number.NaN
  }

  private header(node: Node) {
    const category = member(node, 'category')
    const nsg = this.string(category) === 'NetworkSecurityGroupFlowEvent'
    if (!nsg && this.string(category) !== 'FlowLogFlowEvent') throw new Refused('category')
    const recordTime = naiveTime(this.string(member(node, 'time')))
    if (recordTime === null) throw new Refused('time')
    if (!nsg && !(this.version(member(node, 'flowlogversion')) >= 3)) throw new Refused('version')
    const mac = hex(this.name(member(node, 'macaddress')))
    const resource = this.name(member(node, nsg ? 'resourceid' : 'flowlogresourceid')) ?? ''
    const log = this.origin.scope === null ? describeLog(this.origin.source, resource) : this.state.log!
    return { nsg, recordTime, mac, resource, log }
  }

  private flows(node: Node, header: ReturnType<NaiveReader['header']>, found: Found): void {
    const { nsg, recordTime, resource, log } = header
    if (nsg && member(node, 'properties') === undefined) {
      this.flat(node, header, found)
      return
    }
    const top = object(member(node, nsg ? 'properties' : 'flowrecords'))
    const version = nsg ? this.version(member(top, 'version')) : 4
    if (nsg && !(version >= 1)) throw new Refused('version')
    if (nsg ? version > 2 : this.version(member(node, 'flowlogversion')) > 4) found.warnings.push(['version-newer', node])
    const format: Format = !nsg ? 'vnet-v4' : version === 1 ? 'nsg-v1' : 'nsg-v2'
    for (const outer of this.array(member(top, 'flows'), 'object', found)) {
      const said = this.name(member(object(outer), nsg ? 'rule' : 'aclid'))
      if (said === null) throw new Refused('layout')
      for (const inner of this.array(member(outer, nsg ? 'flows' : 'flowgroups'), 'object', found)) {
        object(inner)
        let mac = header.mac
        if (nsg && mac === '') mac = hex(this.name(member(inner, 'mac')))
        const rule = nsg ? said : this.name(member(inner, 'rule'))
        if (rule === null) throw new Refused('layout')
        const shared = {
          recordTime,
          source: this.origin.source,
          log: log.id,
          logName: log.name,
          mac: mac || (this.origin.mac ?? ''),
          format,
          acl: nsg ? resource : said,
          rule,
          blob: this.origin.blob,
          hour: this.origin.hour ?? -1,
          recordOffset: this.origin.offset + node.start,
        }
        for (const tuple of this.array(member(inner, 'flowtuples'), 'string', found)) this.tuple(tuple, format, shared, found)
        found.rules.add(JSON.stringify([shared.mac, shared.acl, shared.rule]))
      }
    }
    if (found.rules.size > 32_768 || found.odd.size > 32_768) throw new Refused('too-many')
  }

  /** Returns the elements, also if the array is below the key `value` of an object, or if a single element stands there without brackets. */
  private array(node: Node | undefined, kind: Node['kind'], found: Found): Node[] {
    const boxed = node?.kind === 'object' && node.members.findLast(({ key, value }) => key === 'value' && value.kind === 'array')?.value
    if (boxed) {
      found.boxed = true
      if (boxed.items.some(({ start }) => beginningAt(this.text, start) === 'head')) throw new Refused('layout')
      return boxed.items
    }
    if (node?.kind === kind) {
      found.unrolled = true
      return [node]
    }
    if (node?.kind !== 'array') throw new Refused('layout')
    return node.items
  }

  /** Reads a record that is one tuple, its columns as members. */
  private flat(node: Node, { recordTime, mac, resource, log }: ReturnType<NaiveReader['header']>, found: Found): void {
    const text = (key: string) => {
      const value = member(node, key)
      return value === undefined ? undefined : (this.string(value) ?? this.raw(value))
    }
    const cells = FLAT_KEYS.map(text)
    const version = Number(text('version') ?? (cells[8] === undefined ? 1 : 2))
    const used = cells.slice(0, version === 1 ? 8 : 13).map((cell) => cell ?? '')
    if (cells.slice(0, 8).includes(undefined) || ![1, 2].includes(version) || used.join('').includes(',')) throw new Refused('layout')
    const time = member(node, 'starttime')!
    const start = time.start + (time.kind === 'string' ? 1 : 0)
    const format: Format = version === 1 ? 'nsg-v1' : 'nsg-v2'
    const warnings: string[] = []
    try {
      const tuple = naiveTuple(used.join(','), format, recordTime, warnings)
      const { source, blob, hour, mac: pathMac, offset } = { ...this.origin, hour: this.origin.hour ?? -1 }
      const place = { source, blob, hour, offset: offset + start, recordOffset: offset + node.start }
      const names = { log: log.id, logName: log.name, mac: mac || hex(text('mac') ?? '') || (pathMac ?? ''), acl: resource }
      found.rows.push({ ...tuple, ...place, ...names, recordTime, format, rule: text('nsgrulename') ?? '' })
      for (const warning of warnings) found.warnings.push([warning, time])
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem
      found.refused.push([problem.reason, time])
    }
    found.warnings.push(['envelope-flat', node])
  }

  private tuple(node: Node, format: Format, shared: Omit<NaiveRow, keyof NaiveTuple | 'offset'>, found: Found): void {
    const warnings: string[] = []
    try {
      const text = this.string(node)
      if (text === null) throw new Refused('not-text')
      if (node.end - node.start - 2 > 1024) throw new Refused('too-long')
      const read = naiveTuple(text, format, shared.recordTime, warnings)
      found.rows.push({ ...read, ...shared, offset: this.origin.offset + node.start + 1 })
      if (warnings.some((one) => ['protocol', 'state', 'encryption'].includes(one)))
        found.odd.add(JSON.stringify([shared.mac, shared.acl, shared.rule, read.proto, read.state, read.enc]))
      for (const warning of warnings) found.warnings.push([warning, node])
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem
      found.refused.push([problem.reason, node])
    }
  }
}

function member(node: Node, key: string): Node | undefined {
  return node.members.findLast((one) => one.key === key)?.value
}

function object(node: Node | undefined): Node {
  if (node?.kind !== 'object') throw new Refused('layout')
  return node
}

/** Old logs write `none` for an unknown MAC. */
function hex(text: string | null): string {
  if (text?.trim().toLowerCase() === 'none') return ''
  return [...(text ?? '')]
    .filter((c) => '0123456789abcdefABCDEF'.includes(c))
    .join('')
    .toUpperCase()
}
