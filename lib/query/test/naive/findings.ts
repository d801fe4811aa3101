import { parseAddress } from '@/lib/flow/address/address'
import { addressScope } from '@/lib/flow/address/scope'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import type { Thresholds } from '@/lib/flow/finding/facts'
import type { FindingKind } from '@/lib/flow/finding/kinds'
import { ADMIN_PORTS, GUARDED_PORTS } from '@/lib/flow/finding/ports'
import type { View } from '@/lib/flow/view/view'
import type { Fact } from '@/lib/query/test/facts'
import { toldAt } from './context'
import { inRange, naiveRows } from './filter'

/** The findings of a plain reading of the rows, without sentences and scores. */
export type Plain = Pick<Finding, 'src' | 'dst' | 'dport' | 'tuples' | 'bytes' | 'first' | 'last' | 'figures'>

/** The same part of an answer. */
export function plainOf({ src, dst, dport, tuples, bytes, first, last, figures: { lists: _, ...figures } }: Finding): Plain {
  return { src, dst, dport, tuples, bytes, first, last, figures }
}

/** Sorts by content only. */
export function inOrder(rows: readonly Plain[]): Plain[] {
  const text = (row: Plain) => JSON.stringify([row.src, row.dst, row.dport, row.tuples, row.first, Object.entries(row.figures).sort()])
  return rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1))
}

interface Given {
  facts: readonly Fact[]
  view: View
  baseline: View
  sources: readonly string[] | null
  thresholds: Thresholds
  unread: ReadonlySet<string>
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const at = ({ time }: Fact) => Date.parse(time)
const netOf = (address: string) => addressScope(parseAddress(address)!)
const isPublic = (address: string) => netOf(address) === 'public'
const isInside = (address: string) => ['private', 'shared'].includes(netOf(address))
const bytesOf = ({ bytesSent, bytesReceived }: Fact) => (bytesSent ?? 0) + (bytesReceived ?? 0)
const isNew = ({ state, action }: Fact) => state === 'begin' || state === null || action === 'deny'
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0)
const isKnownProto = ({ proto }: Fact) => proto === 'tcp' || proto === 'udp' || (/^\d{1,3}$/.test(proto) && Number(proto) < 256)

function groups(facts: readonly Fact[], keyOf: (fact: Fact) => unknown): Fact[][] {
  const found = new Map<string, Fact[]>()
  for (const fact of facts) {
    const key = JSON.stringify(keyOf(fact))
    found.set(key, [...(found.get(key) ?? []), fact])
  }
  return [...found.values()]
}

function plain(facts: readonly Fact[], ends: Partial<Pick<Plain, 'src' | 'dst' | 'dport'>>, figures: Plain['figures']): Plain {
  const times = facts.map(({ time }) => time).sort()
  return {
    ...{ src: null, dst: null, dport: null, ...ends },
    tuples: facts.length,
    bytes: sum(facts.map(bytesOf)),
    first: times[0]!,
    last: times.at(-1)!,
    figures,
  }
}

/** True if the filter compares rows with others, so that a part of the range would select others. */
const isComparing = ({ q }: View) => /\b(new|scanner):/.test(q)

const endsOf = ({ src, dst, dport }: Fact) => ({ src, dst, dport })

function byTime(facts: readonly Fact[]): Fact[] {
  return [...facts].sort((a, b) => at(a) - at(b) || a.blob - b.blob || a.offset - b.offset)
}

/** Returns the number of days before the view that have these rows. */
function daysOf(facts: readonly Fact[], { baseline }: Given): number {
  return new Set(facts.map((fact) => Math.floor((baseline.to - 1 - at(fact)) / DAY))).size
}

interface Rows {
  now: Fact[]
  before: Fact[]
}

function letIn({ now }: Rows, { thresholds }: Given): Plain[] {
  const inbound = now.filter((fact) => fact.dir === 'in' && isKnownProto(fact))
  return groups(inbound, (fact) => [endsOf(fact), fact.proto]).flatMap((course) => {
    const rows = byTime(course)
    const allowed = rows.find(({ action }) => action === 'allow')
    const denied = allowed ? rows.filter((fact) => fact.action === 'deny' && at(fact) < at(allowed)) : []
    if (!allowed || denied.length < thresholds['let-in'].denied) return []
    const figures = {
      address: allowed.dst,
      denied: denied.length,
      deniedMs: at(allowed) - at(rows[0]!),
      entered: at(allowed),
      rule: allowed.rule,
    }
    return [plain(rows, endsOf(allowed), figures)]
  })
}

function exposed({ now, before }: Rows, given: Given): Plain[] {
  const reached = (fact: Fact) =>
    fact.dir === 'in' && fact.action === 'allow' && fact.proto === 'tcp' && GUARDED_PORTS.includes(fact.dport) && isPublic(fact.src)
  return groups(now.filter(reached), ({ dst, dport }) => [dst, dport]).flatMap((rows) => {
    const { dst, dport } = rows[0]!
    const sources = new Set(rows.map(({ src }) => src)).size
    const old = before.filter((fact) => reached(fact) && fact.dst === dst && fact.dport === dport)
    return sources < given.thresholds.exposed.sources
      ? []
      : [plain(rows, { dst, dport }, { address: dst, sources, days: daysOf(old, given) })]
  })
}

const nth = (sorted: readonly number[], quarters: number) => sorted[Math.floor(((sorted.length - 1) * quarters) / 4)]!

function beacon({ now, before }: Rows, given: Given): Plain[] {
  const { calls: least, regular, apart, callers: most } = given.thresholds.beacon
  const calling = (fact: Fact) =>
    fact.dir === 'out' &&
    isNew(fact) &&
    isKnownProto(fact) &&
    isPublic(fact.dst) &&
    !(fact.proto === 'udp' && (fact.dport === 53 || fact.dport === 123))
  const rows = now.filter(calling)
  return groups(rows, (fact) => [endsOf(fact), fact.proto]).flatMap((own) => {
    const [one] = own
    const { src, dst, dport, proto } = one!
    const same = rows.filter((fact) => fact.dst === dst && fact.dport === dport && fact.proto === proto)
    const callers = new Set(same.map((fact) => fact.src)).size
    if (callers > most || same.length < least) return []
    const times = own.map(at).sort((a, b) => a - b)
    const calls = times.filter((time, i) => i === 0 || time - times[i - 1]! >= apart * SECOND)
    if (calls.length < least) return []
    const gaps = calls.slice(1).map((time, i) => time - calls[i]!)
    const sorted = [...gaps].sort((a, b) => a - b)
    const [lower, middle, upper] = [nth(sorted, 1), nth(sorted, 2), nth(sorted, 3)]
    const deviations = gaps.map((gap) => Math.abs(gap - middle)).sort((a, b) => a - b)
    const deviation = nth(deviations, 2)
    const isFlat = upper - lower < 10 || middle === lower || middle === upper
    const skew = isFlat ? 0 : (upper + lower - 2 * middle) / (upper - lower)
    const score = Math.round(50 * (1 - Math.abs(skew) + Math.max(0, 1 - deviation / middle)))
    if (score < regular) return []
    const of = (fact: Fact) => fact.src === src && fact.dst === dst && fact.dport === dport
    const days = daysOf(
      before.filter((fact) => calling(fact) && of(fact)),
      given,
    )
    const half = Math.floor((given.baseline.to - given.baseline.from) / DAY / 2)
    if (days >= Math.min(3, Math.max(1, half))) return []
    const figures = { address: src, calls: calls.length, everyMs: middle, deviationMs: deviation, regular: score, callers, days }
    const all = now.filter((fact) => of(fact) && fact.dir === 'out' && fact.proto === proto)
    return [plain(all, { src, dst, dport }, { ...figures, gaps: gaps.slice(0, 200) })]
  })
}

function exfiltration({ now, before }: Rows, given: Given): Plain[] {
  const { bytes, pair, total } = given.thresholds.exfiltration
  const { view, baseline } = given
  const length = view.to - view.from
  const leaving = (fact: Fact) => fact.dir === 'out' && fact.action === 'allow' && isKnownProto(fact) && isPublic(fact.dst)
  const sent = (facts: readonly Fact[]) => sum(facts.map(({ bytesSent }) => bytesSent ?? 0))
  const most = (facts: readonly Fact[]) =>
    Math.max(0, ...groups(facts, (fact) => Math.floor((baseline.to - 1 - at(fact)) / length)).map(sent))
  const scale = Math.max(1, length / (baseline.to - baseline.from))
  return groups(now.filter(leaving), endsOf).flatMap((rows) => {
    const ends = endsOf(rows[0]!)
    const own = Math.max(...groups(rows, ({ log, mac }) => [log, mac]).map(sent))
    const old = before.filter((fact) => leaving(fact) && fact.src === ends.src)
    const pairBefore = most(old.filter(({ dst, dport }) => dst === ends.dst && dport === ends.dport)) * scale
    const totalBefore = most(old) * scale
    const totalNow = sent(now.filter((fact) => leaving(fact) && fact.src === ends.src))
    if (own < bytes || sent(rows) * 100 <= pairBefore * pair || totalNow * 100 <= totalBefore * total) return []
    return [plain(rows, ends, { address: ends.src, sent: own, pairBefore, totalBefore, totalNow })]
  })
}

function fanOut({ now, before }: Rows, given: Given): Plain[] {
  const { hosts: least, minutes } = given.thresholds['fan-out']
  const length = minutes * MINUTE
  const reaching = (fact: Fact) => fact.proto === 'tcp' && ADMIN_PORTS.includes(fact.dport) && isInside(fact.src) && isInside(fact.dst)
  const windows = (facts: readonly Fact[]) => {
    const opened = [0, length / 2].flatMap((shift) => facts.map((fact) => Math.floor((at(fact) + shift) / length) * length - shift))
    return [...new Set(opened)].map((open) => {
      const inside = facts.filter((fact) => at(fact) >= open && at(fact) < open + length)
      const ports = new Set(inside.map(({ dst, dport }) => `${dst} ${dport}`)).size
      return { open, hosts: new Set(inside.map(({ dst }) => dst)).size, ports }
    })
  }
  return groups(
    now.filter((fact) => reaching(fact) && isNew(fact)),
    ({ src }) => src,
  ).flatMap((rows) => {
    const { src } = rows[0]!
    const [best] = windows(rows).sort((a, b) => b.hosts - a.hosts || b.ports - a.ports || a.open - b.open)
    const old = before.filter((fact) => reaching(fact) && isNew(fact) && fact.src === src)
    const hostsBefore = Math.max(0, ...windows(old).map(({ hosts }) => hosts))
    if (best!.hosts < least || best!.hosts <= hostsBefore) return []
    const own = now.filter((fact) => reaching(fact) && fact.src === src)
    const inside = own.filter((fact) => at(fact) >= best!.open && at(fact) < best!.open + length)
    const news = inside.filter(isNew)
    const order = (a: string, b: string) => (parseAddress(a)! < parseAddress(b)! ? -1 : 1)
    const figures = {
      address: src,
      hosts: best!.hosts,
      hostsBefore,
      ports: [...new Set(news.map(({ dport }) => dport))].sort((a, b) => a - b),
      targets: [...new Set(news.map(({ dst }) => dst))].sort(order).slice(0, 50),
    }
    return [plain(isComparing(given.view) ? own : inside, { src }, figures)]
  })
}

function newDestination({ now, before }: Rows, { thresholds, facts, baseline, sources }: Given): Plain[] {
  if (!facts.some((fact) => inRange(fact, baseline, sources))) return []
  const { usual: most, known } = thresholds['new-destination']
  const calling = (fact: Fact) => fact.dir === 'out' && fact.action === 'allow' && isPublic(fact.dst)
  const old = before.filter(calling)
  const called = new Set(old.map(({ dst }) => dst))
  const found = groups(
    now.filter((fact) => calling(fact) && !called.has(fact.dst)),
    endsOf,
  ).flatMap((rows) => {
    const ends = endsOf(rows[0]!)
    const own = old.filter(({ src }) => src === ends.src)
    const times = own.map(at)
    const usual = new Set(own.map(({ dst }) => dst)).size
    if (usual === 0 || usual > most || Math.max(...times) - Math.min(...times) < known * HOUR) return []
    return [plain(rows, ends, { address: ends.src, usual })]
  })
  return found.map((one) => ({ ...one, figures: { ...one.figures, news: found.filter(({ src }) => src === one.src).length } }))
}

function hoursHeld({ facts, baseline, sources }: Given): number[] {
  const range = facts.filter((fact) => inRange(fact, baseline, sources))
  return [...new Set(range.map((fact) => Math.floor(at(fact) / HOUR) * HOUR))]
}

function denySurge({ now, before }: Rows, given: Given): Plain[] {
  const { denied: least, largest: percent, hours: enough } = given.thresholds['deny-surge']
  const { view, baseline } = given
  const whole = hoursHeld(given).filter((hour) => hour >= baseline.from && hour + HOUR <= baseline.to)
  if (whole.length < enough) return []
  return (['in', 'out'] as const).flatMap((dir) => {
    const countOf = (facts: readonly Fact[], hour: number) =>
      facts.filter((fact) => fact.action === 'deny' && fact.dir === dir && Math.floor(at(fact) / HOUR) * HOUR === hour).length
    const counts = whole.map((hour) => countOf(before, hour))
    const mean = sum(counts) / counts.length
    const deviation = Math.sqrt(sum(counts.map((count) => (count - mean) ** 2)) / counts.length)
    const largest = Math.max(...counts)
    const limit = Math.max(mean + 3 * deviation, (largest * percent) / 100)
    const hours: number[] = []
    for (let hour = Math.floor(view.from / HOUR) * HOUR; hour < view.to; hour += HOUR) hours.push(hour)
    const loud = hours.filter((hour) => countOf(now, hour) > limit && countOf(now, hour) >= least)
    const surges: number[][] = []
    for (const hour of loud) {
      if (surges.at(-1)?.at(-1) === hour - HOUR) surges.at(-1)!.push(hour)
      else surges.push([hour])
    }
    return surges.map((surge) => {
      const isInSurge = (fact: Fact) => at(fact) >= surge[0]! && at(fact) < surge.at(-1)! + HOUR
      const rows = now.filter((fact) => fact.action === 'deny' && fact.dir === dir && (isComparing(view) || isInSurge(fact)))
      const figures = {
        dir,
        most: Math.max(...surge.map((hour) => countOf(now, hour))),
        mean: Math.round(mean),
        largest,
        limit: Math.round(limit),
      }
      const shown = hours.filter((hour) => hour >= surge[0]! - DAY && hour < surge.at(-1)! + 13 * HOUR).slice(0, 200)
      return plain(rows, {}, { ...figures, hours: shown.map((hour) => countOf(now, hour)) })
    })
  })
}

function listed({ now, before }: Rows, given: Given): Plain[] {
  const isListed = (fact: Fact, end: 'src' | 'dst') => isPublic(fact[end]) && toldAt(fact, `${end}.list`).some((texts) => texts.length > 0)
  const ways = [
    { end: 'dst', passes: (fact: Fact) => fact.dir === 'out' && isPublic(fact.dst) },
    { end: 'src', passes: (fact: Fact) => fact.dir === 'in' && fact.action === 'allow' && isPublic(fact.src) },
  ] as const
  return ways.flatMap(({ end, passes }) =>
    groups(
      now.filter((fact) => passes(fact) && isListed(fact, end)),
      (fact) => [endsOf(fact), fact.action],
    ).flatMap((rows) => {
      if (rows.length < given.thresholds.listed.tuples) return []
      const [one] = rows
      const old = before.filter((fact) => passes(fact) && JSON.stringify(endsOf(fact)) === JSON.stringify(endsOf(one!)))
      const figures = { address: end === 'dst' ? one!.src : one!.dst, days: daysOf(old, given), allowed: one!.action === 'allow' ? 1 : 0 }
      return [plain(rows, endsOf(one!), figures)]
    }),
  )
}

function oddProtocol({ now, before }: Rows, { thresholds }: Given): Plain[] {
  const odd = (fact: Fact) => fact.action === 'allow' && !['tcp', 'udp', '1', '58'].includes(fact.proto)
  const keyOf = ({ src, dst, proto }: Fact) => [src, dst, proto.toLowerCase()]
  const spoken = new Set(before.filter(odd).map((fact) => JSON.stringify(keyOf(fact))))
  return groups(now.filter(odd), keyOf).flatMap((rows) => {
    const { src, dst, proto } = rows[0]!
    if (rows.length < thresholds['odd-protocol'].tuples || spoken.has(JSON.stringify(keyOf(rows[0]!)))) return []
    return [plain(rows, { src, dst }, { address: isPublic(src) ? dst : src, protocol: proto.toLowerCase() })]
  })
}

function silence({ now, before }: Rows, { facts, view, baseline, sources, thresholds, unread }: Given): Plain[] {
  const whole = naiveRows(facts, { ...view, from: baseline.from }, sources)
  if (!isComparing(view) && whole.length !== now.length + before.length) throw new Error('rows at the border of the baseline')
  const newest = Math.max(0, ...whole.filter(({ mac }) => mac !== '').map(at))
  return groups(
    whole.filter(({ mac }) => mac !== ''),
    ({ mac }) => mac,
  ).flatMap((own) => {
    const { mac } = own[0]!
    const last = Math.max(...own.map(at))
    const hours = [...new Set(own.map((fact) => Math.floor(at(fact) / HOUR)))].sort((a, b) => a - b)
    const pause = Math.max(0, ...hours.slice(1).map((hour, i) => (hour - hours[i]! - 1) * HOUR))
    const quiet = newest - last
    if (quiet < thresholds.silence.quiet * HOUR || hours.length < thresholds.silence.logged || quiet <= pause || unread.has(mac)) return []
    const rows = own.filter((fact) => isComparing(view) || at(fact) > last - HOUR)
    const addresses = groups(rows, ({ dir, src, dst }) => (dir === 'in' ? dst : src)).map((some) => ({
      address: some[0]!.dir === 'in' ? some[0]!.dst : some[0]!.src,
      many: some.length,
    }))
    addresses.sort((a, b) => b.many - a.many || (parseAddress(a.address)! < parseAddress(b.address)! ? -1 : 1))
    return [plain(rows, {}, { address: addresses[0]!.address, mac, quietMs: quiet, pauseMs: pause, hours: hours.length })]
  })
}

const KINDS: Readonly<Record<FindingKind, (rows: Rows, given: Given) => Plain[]>> = {
  'let-in': letIn,
  exposed,
  beacon,
  exfiltration,
  'fan-out': fanOut,
  'new-destination': newDestination,
  'deny-surge': denySurge,
  listed,
  'odd-protocol': oddProtocol,
  silence,
}

export function naiveFindings(kind: FindingKind, given: Given): Plain[] {
  const { facts, view, baseline, sources } = given
  return KINDS[kind]({ now: naiveRows(facts, view, sources), before: naiveRows(facts, baseline, sources) }, given)
}

/** Returns the share of the baseline's hours that hold rows. */
export function naiveShare(given: Given): number {
  const { baseline } = given
  const hours = Math.ceil(baseline.to / HOUR) - Math.floor(baseline.from / HOUR)
  return hoursHeld(given).length / hours
}
