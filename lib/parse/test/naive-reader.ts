import { describeLog } from '@/lib/flow/log'
import type { Format } from '@/lib/flow/tuple'
import type { ScanOrigin, ScanState } from '../scanner'
import { Bad, braces, Cut, NaiveJson, type Node, utf8, Wrapper } from './naive-json'
import { naiveTime } from './naive-time'
import { type NaiveTuple, naiveTuple, Refused } from './naive-tuple'

/** A row in words. `proto` and `state` are `other …` before a token that the documentation does not name. */
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
}

const LONGEST_RECORD = 64 * 1024 * 1024

/** The whole blob at once, read plainly and slowly: what the scanner is measured against. */
export function readNaively(bytes: Uint8Array, origin: ScanOrigin): NaiveReading {
  return new NaiveReader(bytes, origin).read()
}

class NaiveReader {
  private readonly text: string
  private readonly rows: NaiveRow[] = []
  private readonly rejected = new Map<string, NaiveRejection>()
  private readonly state: ScanState

  constructor(
    bytes: Uint8Array,
    private readonly origin: ScanOrigin,
  ) {
    this.text = Buffer.from(bytes).toString('latin1')
    const log = origin.scope === null ? null : describeLog(origin.source, origin.scope)
    this.state = { records: 0, tuples: 0, malformed: 0, resume: origin.offset, through: null, first: null, last: null, log }
  }

  read(): NaiveReading {
    const { text, state, origin } = this
    let p = 0
    let behindRecords = false
    while (p < text.length) {
      const c = text[p]!
      if (c === '{' || (c === '"' && behindRecords)) {
        const next = c === '{' ? this.object(p) : this.tail(p)
        if (next === null) break
        if (next === p) {
          p = this.junk(p)
          behindRecords = false
          continue
        }
        p = next
        behindRecords = false
      } else if (c === ']') {
        behindRecords = true
        p++
      } else if (c === '[' || c === '}') {
        behindRecords = false
        p++
      } else if (' \t\r\n,'.includes(c)) p++
      else if (text.startsWith('\xef\xbb\xbf', p)) p += 3
      else {
        p = this.junk(p)
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
    const known = this.rejected.get(key)
    if (known) known.count++
    else {
      const sample = utf8(this.text.slice(start, Math.min(end, start + 480)))
        .slice(0, 120)
        .toWellFormed()
      this.rejected.set(key, { what, reason, count: 1, offset: start, sample })
    }
  }

  private junk(p: number): number {
    const brace = this.text.indexOf('{', p)
    const end = brace < 0 ? this.text.length : brace
    this.reject('record', 'not-json', p, end)
    this.state.resume = this.origin.offset + end
    return end
  }

  /** Position behind what begins at `p`, or null when it never ends. */
  private object(p: number): number | null {
    const { text } = this
    const json = new NaiveJson(text, p + 1)
    let bad = false
    try {
      if (!/[ \t\r\n]*\}/y.test(text.slice(p + 1))) json.members(1, 'head')
    } catch (problem) {
      if (problem instanceof Wrapper) return problem.at
      if (!(problem instanceof Bad)) throw problem
      bad = true
    }
    const extent = braces(text, p)
    if (extent === null) {
      this.reject('record', 'truncated', p, text.length)
      return null
    }
    const { end, deepest } = extent
    let parsed = true
    try {
      JSON.parse(utf8(text.slice(p, end)))
    } catch {
      parsed = false
    }
    if (parsed === bad && deepest <= 32) throw new Error(`the oracle disagrees with JSON.parse about ${text.slice(p, end)}`)
    this.state.resume = this.origin.offset + end
    if (end - p > LONGEST_RECORD) this.reject('record', 'too-long', p, end)
    else if (deepest > 32) this.reject('record', 'too-deep', p, end)
    else if (!parsed) this.reject('record', 'not-json', p, end)
    else this.record(new NaiveJson(text, p).value(1))
    return end
  }

  /** The same for members of a wrapper behind its records; `p` itself when they are none. */
  private tail(p: number): number | null {
    const json = new NaiveJson(this.text, p)
    try {
      json.members(1, 'tail')
      return json.at
    } catch (problem) {
      if (problem instanceof Wrapper) return problem.at
      if (!(problem instanceof Bad)) throw problem
      if (!(problem instanceof Cut)) return p
    }
    this.reject('record', 'truncated', p, this.text.length)
    return null
  }

  private record(node: Node): void {
    const found: Found = { warnings: [], refused: [], rows: [] }
    try {
      const header = this.header(node)
      this.flows(node, header, found)
      this.state.records++
      this.rows.push(...found.rows)
      this.state.log ??= header.log
      this.state.through = Math.max(this.state.through ?? 0, header.recordTime)
      const inside = (one: Node): [number, number] => (one.kind === 'string' ? [one.start + 1, one.end - 1] : [one.start, one.end])
      for (const [reason, one] of found.refused) this.reject('tuple', reason, ...inside(one))
      for (const [reason, one] of found.warnings) this.reject('warning', reason, ...inside(one))
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem
      this.reject('record', problem.reason, node.start, node.end)
    }
  }

  private raw(node: Node): string {
    return utf8(this.text.slice(node.start, node.end))
  }

  private string(node: Node | undefined): string | null {
    if (node?.kind !== 'string') return null
    return (JSON.parse(this.raw(node)) as string).toWellFormed()
  }

  /** A string that must not be longer than 4 KiB as written. */
  private name(node: Node | undefined): string | null {
    const text = this.string(node)
    if (text !== null && node!.end - node!.start - 2 > 4096) throw new Refused('too-long')
    return text
  }

  private version(node: Node | undefined): number {
    if (node?.kind === 'number') return JSON.parse(this.raw(node)) as number
    const text = this.string(node)
    return text !== null && /^[0-9]+$/.test(text) && text.length <= 4096 ? Number(text) : Number.NaN
  }

  private header(node: Node) {
    const category = member(node, 'category')
    const nsg = this.string(category) === 'NetworkSecurityGroupFlowEvent'
    if (!nsg && this.string(category) !== 'FlowLogFlowEvent') throw new Refused('category')
    const recordTime = naiveTime(this.string(member(node, 'time')))
    if (recordTime === null) throw new Refused('time')
    if (!nsg && ![3, 4].includes(this.version(member(node, 'flowlogversion')))) throw new Refused('version')
    const mac = hex(this.name(member(node, 'macaddress')))
    const resource = this.name(member(node, nsg ? 'resourceid' : 'flowlogresourceid')) ?? ''
    const log = this.origin.scope === null ? describeLog(this.origin.source, resource) : this.state.log!
    return { nsg, recordTime, mac, resource, log }
  }

  private flows(node: Node, header: ReturnType<NaiveReader['header']>, found: Found): void {
    const { nsg, recordTime, resource, log } = header
    const top = object(member(node, nsg ? 'properties' : 'flowrecords'))
    const version = nsg ? this.version(member(top, 'version')) : 4
    if (version !== 1 && version !== 2 && nsg) throw new Refused('version')
    const format: Format = !nsg ? 'vnet-v4' : version === 1 ? 'nsg-v1' : 'nsg-v2'
    for (const outer of array(member(top, 'flows'))) {
      const said = this.name(member(object(outer), nsg ? 'rule' : 'aclid'))
      if (said === null) throw new Refused('layout')
      for (const inner of array(member(outer, nsg ? 'flows' : 'flowgroups'))) {
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
        for (const tuple of array(member(inner, 'flowtuples'))) this.tuple(tuple, format, shared, found)
      }
    }
  }

  private tuple(node: Node, format: Format, shared: Omit<NaiveRow, keyof NaiveTuple | 'offset'>, found: Found): void {
    const warnings: string[] = []
    try {
      const text = this.string(node)
      if (text === null) throw new Refused('not-text')
      if (node.end - node.start - 2 > 1024) throw new Refused('too-long')
      found.rows.push({ ...naiveTuple(text, format, warnings), ...shared, offset: this.origin.offset + node.start + 1 })
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

function array(node: Node | undefined): Node[] {
  if (node?.kind !== 'array') throw new Refused('layout')
  return node.items
}

function hex(text: string | null): string {
  return [...(text ?? '')]
    .filter((c) => '0123456789abcdefABCDEF'.includes(c))
    .join('')
    .toUpperCase()
}
