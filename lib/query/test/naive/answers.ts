import { formatAddress, isIPv4, parseAddress, parseCidr } from '@/lib/flow/address/address'
import { addressScope } from '@/lib/flow/address/scope'
import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import type { ScansAnswer } from '@/lib/flow/answer/traffic/scans'
import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import type { ValuesAnswer } from '@/lib/flow/answer/traffic/values'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { type FilterField, fieldOf, isContextField, type KeyField, ROW_FIELDS, type SortBy } from '@/lib/flow/field/fields'
import type { Metric } from '@/lib/flow/field/metric'
import type { Order } from '@/lib/flow/field/order'
import type { ScanOrder, TalkerOrder } from '@/lib/flow/field/orders'
import type { ScanGroup, ScanThresholds } from '@/lib/flow/field/scan'
import { bucketWidth } from '@/lib/flow/time/bucket'
import { ruleKind } from '@/lib/flow/tuple/rule-kind'
import { tupleId } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { scanKind } from '@/lib/query/condition/scan-kind'
import type { Fact } from '@/lib/query/test/facts'
import { toldAt } from './context'
import { addressesOf, inRange, numbersOf } from './filter'
import { networkOf } from './network'
import { originOf } from './scanner'

/** The answers computed plainly, from facts that have passed the filter. */

const sum = (facts: readonly Fact[], value: (fact: Fact) => number) => facts.reduce((total, fact) => total + value(fact), 0)
export const distinct = <F extends Fact>(facts: readonly F[], value: (fact: F) => unknown) => new Set(facts.map(value)).size
const isNew = (fact: Fact) => fact.action === 'deny' || fact.state === 'begin' || fact.state === null

export function groupBy<F>(facts: readonly F[], keyOf: (fact: F) => string): Map<string, F[]> {
  const groups = new Map<string, F[]>()
  for (const fact of facts) {
    const key = keyOf(fact)
    const group = groups.get(key)
    if (group) group.push(fact)
    else groups.set(key, [fact])
  }
  return groups
}

export function sums(facts: readonly Fact[]) {
  return {
    tuples: facts.length,
    flows: facts.filter(isNew).length,
    allow: facts.filter((fact) => fact.action === 'allow').length,
    deny: facts.filter((fact) => fact.action === 'deny').length,
    bytes: sum(facts, (fact) => (fact.bytesSent ?? 0) + (fact.bytesReceived ?? 0)),
    packets: sum(facts, (fact) => (fact.packetsSent ?? 0) + (fact.packetsReceived ?? 0)),
    bytesSent: sum(facts, (fact) => fact.bytesSent ?? 0),
    bytesReceived: sum(facts, (fact) => fact.bytesReceived ?? 0),
  }
}

export function span(facts: readonly Fact[]) {
  const times = facts.map(({ time }) => time).sort()
  return { first: times[0]!, last: times.at(-1)! }
}

export function naiveTimeline(facts: readonly Fact[], view: View, most: number): Pick<TimelineAnswer, 'bucketMs' | 'buckets'> {
  const width = bucketWidth(view.from, view.to, most)
  const byBucket = groupBy(facts, (fact) => String(Math.floor(Date.parse(fact.time) / width) * width))
  const buckets: TimelineAnswer['buckets'] = []
  for (let t = Math.floor(view.from / width) * width; t < view.to; t += width) {
    const here = byBucket.get(String(t)) ?? []
    const side = (action: string) => {
      const { tuples, flows, bytes, packets } = sums(here.filter((fact) => fact.action === action))
      return { tuples, flows, bytes, packets }
    }
    buckets.push({ t, allow: side('allow'), deny: side('deny') })
  }
  return { bucketMs: width, buckets }
}

/** Returns a fact's values of a field, one for each end that the field concerns. */
export function textsOf(fact: Fact, field: FilterField): string[] {
  const { type } = fieldOf(field)
  if (isContextField(field)) return toldAt(fact, field).map(([first = 'none']) => first)
  const network = networkOf(fact, field)
  if (network) return [network.text]
  if (type === 'address') return addressesOf(fact, field)
  if (type === 'port' || type === 'count') return numbersOf(fact, field).map(String)
  if (field === 'acl') return [fact.acl.toLowerCase()]
  const text = fact[field as 'rule' | 'enc']
  return [text ?? 'none']
}

export function compareText(type: string, a: string, b: string): number {
  if (type === 'number') return Number(a) - Number(b)
  const firstOf = (text: string) => parseCidr(text)!.first
  const [x, y] = type === 'address' ? [firstOf(a), firstOf(b)] : [a, b]
  return x < y ? -1 : x > y ? 1 : 0
}

export function orderType(field: FilterField): string {
  const { type } = fieldOf(field)
  return type === 'address' ? 'address' : type === 'port' || type === 'count' ? 'number' : 'text'
}

/** True for equal ACLs, because Azure's ids are case-insensitive. */
export function isSameAcl(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** Returns one spelling for ACLs that differ only in case: the last of the existing ones in character order. */
export function naiveSpelling(acl: string, met: readonly Fact[]): string {
  const alike = met.map((fact) => fact.acl).filter((other) => isSameAcl(other, acl))
  return alike.sort().at(-1)!
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length / 2) - 1]!
}

/** Returns the number of gaps between new flows of each observer, their median and the median deviation. */
function naiveRhythm(facts: readonly Fact[]): { gaps: number; gap: number; jitter: number } | null {
  const observerOf = ({ source, log, logName, mac, format, acl, rule, enc, proto, state, dir }: Fact) =>
    JSON.stringify([source, log, logName, mac, format, acl, rule, enc, groupedToken(proto, 'proto'), groupedToken(state, 'state'), dir])
  const gaps = [...groupBy(facts.filter(isNew), observerOf).values()].flatMap((own) => {
    const times = own.map(({ time }) => Date.parse(time)).sort((a, b) => a - b)
    return times.slice(1).map((time, i) => time - times[i]!)
  })
  if (gaps.length < 5) return null
  const gap = median(gaps)
  return { gaps: gaps.length, gap, jitter: median(gaps.map((one) => Math.abs(one - gap))) }
}

/** Undocumented tokens are kept in the group, and so distinguish observers. */
function groupedToken(token: string | null, kind: 'proto' | 'state'): string | null {
  const known = kind === 'proto' ? /^(tcp|udp|\d{1,2}|1\d\d|2[0-4]\d|25[0-4])$/ : /^(begin|continue|end|deny)$/
  return token === null || known.test(token) ? null : token
}

function regularity({ gap, jitter }: { gap: number; jitter: number }): number {
  return gap > 0 ? (jitter * 1_000_000) / gap : 1_000_000
}

export function naiveTalkers(
  facts: readonly Fact[],
  by: readonly KeyField[],
  metric: Metric,
  limit: number,
  { column, descending }: Order<TalkerOrder> = { column: 'metric', descending: true },
): Pick<TalkersAnswer, 'by' | 'metric' | 'total' | 'rows' | 'other'> {
  const ends = by.filter((field) => fieldOf(field).type === 'address' || isContextField(field))
  const groups = new Map<string, { key: string[]; facts: Fact[]; peers: Set<string> }>()
  for (const fact of facts) {
    const keys = by.reduce<string[][]>((some, field) => some.flatMap((key) => textsOf(fact, field).map((text) => [...key, text])), [[]])
    for (const text of new Set(keys.map((key) => JSON.stringify(key)))) {
      const key: string[] = JSON.parse(text)
      const group = groups.get(text) ?? { key, facts: [], peers: new Set() }
      groups.set(text, group)
      group.facts.push(fact)
      const end = ends.length === 1 ? ends[0]! : null
      if (!end) group.peers.add(`${fact.src} ${fact.dst}`)
      else {
        const own = key[by.indexOf(end)]!
        const { context } = fieldOf(end)
        const isSource = context
          ? context.end === 'src' || (context.end === null && textsOf(fact, end)[0] === own)
          : end.startsWith('src') || (end === 'ip' && own === fact.src)
        group.peers.add(isSource ? fact.dst : fact.src)
      }
    }
  }
  const all = [...groups.values()].map(({ key, facts: own, peers }) => ({
    own,
    key: key.length === 1 ? key[0]! : key,
    ...sums(own),
    peers: peers.size,
    ports: distinct(own, (fact) => fact.dport),
    rhythm: naiveRhythm(own),
    ...span(own),
  }))
  const part = (key: string | string[], i: number) => (typeof key === 'string' ? key : key[i]!)
  all.sort((a, b) => {
    const way = descending ? -1 : 1
    const keys = by.map((field, i) => compareText(orderType(field), part(a.key, i), part(b.key, i)))
    const figure = (row: typeof a): number => {
      if (column === 'first' || column === 'last') return Date.parse(row[column])
      if (column === 'denied') return row.deny / row.tuples
      if (column === 'interval') return row.rhythm === null ? 0 : regularity(row.rhythm)
      return column === 'key' ? 0 : row[column === 'metric' ? metric : column]
    }
    const without = column === 'interval' ? Number(a.rhythm === null) - Number(b.rhythm === null) : 0
    const between = column === 'interval' && a.rhythm && b.rhythm ? a.rhythm.gap - b.rhythm.gap : 0
    const steps = column === 'key' ? keys.map((step) => way * step) : [without, way * (figure(a) - figure(b)), between, ...keys]
    return steps.find((step) => step !== 0) ?? 0
  })
  const rest = all.slice(limit)
  const names = Object.keys(sums([])) as (keyof ReturnType<typeof sums>)[]
  const other = Object.fromEntries(names.map((name) => [name, rest.reduce((total, row) => total + row[name], 0)]))
  const shown = all.slice(0, limit)
  const met = shown.flatMap(({ own }) => own)
  const spelled = (word: string, i: number) => (by[i] === 'acl' ? naiveSpelling(word, met) : word)
  const rows = shown.map(({ own: _, rhythm: _rhythm, key, ...row }) => ({
    ...row,
    key: typeof key === 'string' ? spelled(key, 0) : key.map(spelled),
  }))
  return { by: by.join(','), metric, total: all.length, rows, other: other as TalkersAnswer['other'] }
}

/** True if a value, or a word in it, begins like this; addresses and numbers have no words. */
function beginsSo(field: FilterField, value: string, prefix: string): boolean {
  const { type } = fieldOf(field)
  const start = (field === 'mac' ? prefix.replaceAll('-', '') : prefix).toLowerCase()
  if (type === 'address' || type === 'port' || type === 'count') return value.startsWith(start)
  const isWord = (character: string | undefined) => /[a-z0-9]/i.test(character ?? '')
  return [...value].some((character, i) => {
    const before = value[i - 1]
    const startsWord = isWord(character) && !isWord(before)
    const hump = /[a-z]/.test(before ?? '') && /[A-Z]/.test(character)
    return (i === 0 || startsWord || hump) && value.slice(i).toLowerCase().startsWith(start)
  })
}

export function naiveValues(
  facts: readonly Fact[],
  everything: readonly Fact[],
  field: FilterField,
  prefix: string,
  limit: number,
): Pick<ValuesAnswer, 'field' | 'total' | 'rows'> {
  const names = new Map(everything.map(({ log, logName }) => [log, logName]))
  const counts = new Map<string, number>()
  for (const fact of facts) for (const value of new Set(textsOf(fact, field))) counts.set(value, (counts.get(value) ?? 0) + 1)
  const spelled = (value: string) => (field === 'acl' ? naiveSpelling(value, facts) : value)
  const rows = [...counts]
    .filter(([folded]) => {
      const value = spelled(folded)
      return prefix === '' || beginsSo(field, value, prefix) || (field === 'log' && beginsSo(field, names.get(value)!, prefix))
    })
    .map(([value, tuples]) => ({ value, tuples }))
    .sort((a, b) => b.tuples - a.tuples || compareText(orderType(field), a.value, b.value))
    .map(({ value, tuples }) => ({ value: spelled(value), tuples }))
  return { field, total: rows.length, rows: rows.slice(0, limit) }
}

function isPublic(text: string): boolean {
  return addressScope(parseAddress(text)!) === 'public'
}

/** Returns, for each family, the longest common prefix of all addresses, found by trying all lengths. */
function coverOf(texts: readonly string[]): string[] {
  const families = [true, false].map((old) => texts.map((text) => parseAddress(text)!).filter((address) => isIPv4(address) === old))
  return families.flatMap((addresses, i) => {
    const whole = i === 0 ? 32 : 128
    for (let length = whole; addresses.length > 0; length--) {
      const prefix = parseCidr(`${formatAddress(addresses[0]!)}/${length}`) ?? networkAt(addresses[0]!, whole - length)
      if (addresses.every((address) => prefix.first <= address && address <= prefix.last))
        return [formatAddress(prefix.first) + (length === whole ? '' : `/${length}`)]
    }
    return []
  })
}

function networkAt(address: bigint, bits: number): { first: bigint; last: bigint } {
  const first = (address >> BigInt(bits)) << BigInt(bits)
  return { first, last: first + (1n << BigInt(bits)) - 1n }
}

export function naiveRules(facts: readonly Fact[], per: 'acl' | 'log' = 'acl'): RulesAnswer['rows'] {
  const keyOf = ({ rule, acl, dir, log }: Fact) => JSON.stringify([rule, acl.toLowerCase(), dir, ...(per === 'log' ? [log] : [])])
  const rows = [...groupBy(facts, keyOf).values()].map((own) => {
    const { rule, acl, dir, log } = own[0]!
    const { bytesSent: _sent, bytesReceived: _received, ...counted } = sums(own)
    return {
      rule,
      acl: naiveSpelling(acl, facts),
      ...(per === 'log' ? { log } : {}),
      kind: ruleKind(rule),
      dir,
      ...counted,
      sources: distinct(own, (fact) => fact.src),
      destinations: distinct(own, (fact) => fact.dst),
      ports: distinct(own, (fact) => fact.dport),
      publicSources: new Set(own.map(({ src }) => src).filter(isPublic)).size,
      publicDestinations: new Set(own.map(({ dst }) => dst).filter(isPublic)).size,
      sourceCover: coverOf(own.map(({ src }) => src)),
      destinationCover: coverOf(own.map(({ dst }) => dst)),
      ...span(own),
    }
  })
  const key = ({ rule, acl, dir, log = '' }: RulesAnswer['rows'][number]) => [rule, acl.toLowerCase(), dir, log]
  return rows.sort((a, b) => {
    const steps = [b.tuples - a.tuples, ...key(a).map((text, i) => compareText('text', text, key(b)[i]!))]
    return steps.find((step) => step !== 0) ?? 0
  })
}

export function rowOf(fact: Fact): TupleRow {
  const shown = { ...fact, id: tupleId(fact.blob, fact.offset) }
  return Object.fromEntries(ROW_FIELDS.map((field) => [field, shown[field]])) as unknown as TupleRow
}

function compareBy(field: SortBy['field'], a: Fact, b: Fact): number {
  if (field === 'id') return a.blob - b.blob || a.offset - b.offset
  const { type } = fieldOf(field)
  if (type === 'time') return Date.parse(String(a[field])) - Date.parse(String(b[field]))
  if (type === 'count') return Number(a[field] ?? -1) - Number(b[field] ?? -1)
  if (type === 'port') return Number(a[field]) - Number(b[field])
  return compareText(type === 'address' ? 'address' : 'text', String(a[field] ?? 'none'), String(b[field] ?? 'none'))
}

export function naiveTuples(facts: readonly Fact[], sort: readonly SortBy[]): TupleRow[] {
  const { descending } = sort.at(-1)!
  const order = [...sort, { field: 'time' as const, descending }, { field: 'id' as const, descending }]
  const steps = (a: Fact, b: Fact) => order.map((by) => compareBy(by.field, a, b) * (by.descending ? -1 : 1))
  return facts.toSorted((a, b) => steps(a, b).find((step) => step !== 0) ?? 0).map(rowOf)
}

export function naiveScans(
  facts: readonly Fact[],
  everything: readonly Fact[],
  view: View,
  sources: readonly string[] | null,
  {
    group,
    thresholds,
    limit,
    sort = { column: 'allowed', descending: true },
  }: { group: ScanGroup; thresholds: ScanThresholds; limit: number; sort?: Order<ScanOrder> },
): Pick<ScansAnswer, 'group' | 'total' | 'rows'> {
  const denied = facts.filter((fact) => fact.action === 'deny' && fact.dir === 'in')
  const passed = everything.filter((fact) => inRange(fact, view, sources) && fact.action === 'allow' && fact.dir === 'in')
  const rows = [...groupBy(denied, ({ src }) => originOf(src, group))].map(([source, own]) => {
    const counted = { attempts: own.length, targets: distinct(own, ({ dst }) => dst), ports: distinct(own, ({ dport }) => dport) }
    const minutes = Math.max(1, (Date.parse(span(own).last) - Date.parse(span(own).first)) / 60_000)
    const ports = [...groupBy(own, ({ dport, proto }) => JSON.stringify([dport, proto])).values()]
      .map((same) => ({ dport: same[0]!.dport, proto: same[0]!.proto, attempts: same.length }))
      .sort((a, b) => b.attempts - a.attempts || a.dport - b.dport || compareText('text', a.proto, b.proto))
    const letIn = passed.filter(({ src }) => originOf(src, group) === source)
    const first = letIn.toSorted((a, b) => compareBy('time', a, b) || compareBy('id', a, b))[0]
    return {
      source,
      kind: scanKind(counted, thresholds),
      ...counted,
      topPorts: ports.slice(0, 5),
      perMinute: Math.round((own.length / minutes) * 100) / 100,
      ...span(own),
      allowed: first ? { tuples: letIn.length, first: first.time, rule: first.rule, dport: first.dport } : null,
    }
  })
  const lowest = new Map<string, bigint>()
  for (const { src } of denied) {
    const [origin, address] = [originOf(src, group), parseAddress(src)!]
    const known = lowest.get(origin)
    if (known === undefined || address < known) lowest.set(origin, address)
  }
  const kept = ({ allowed }: (typeof rows)[number]) => (allowed === null ? 1 : 0)
  const way = sort.descending ? -1 : 1
  const minutesOf = ({ first, last }: (typeof rows)[number]) => Math.max(60_000, Date.parse(last) - Date.parse(first))
  const figure = (row: (typeof rows)[number]): number | bigint => {
    if (sort.column === 'allowed') return -kept(row)
    if (sort.column === 'source') return lowest.get(row.source)!
    if (sort.column === 'rate') return row.attempts / minutesOf(row)
    return sort.column === 'first' || sort.column === 'last' ? Date.parse(row[sort.column]) : row[sort.column]
  }
  const compare = (x: number | bigint, y: number | bigint) => (x < y ? -1 : x > y ? 1 : 0)
  rows.sort(
    (a, b) => way * compare(figure(a), figure(b)) || b.attempts - a.attempts || compare(lowest.get(a.source)!, lowest.get(b.source)!),
  )
  return { group, total: rows.length, rows: rows.slice(0, limit) }
}
