import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import type { View } from '@/lib/flow/view/view'
import { scanKind } from '@/lib/query/condition/scan-kind'
import type { Fact } from '@/lib/query/test/facts'
import { compareText, distinct, groupBy, naiveSpelling, span, sums } from './answers'
import { inRange } from './filter'

/** A fact as seen by the address at one of its ends. */
interface Seen extends Fact {
  end: 'src' | 'dst'
  peer: string
}

type Moment = HostAnswer['letIn']['rows'][number]['denied']

function seenFrom(ip: string, facts: readonly Fact[]): Seen[] {
  const as = (end: 'src' | 'dst', peer: 'src' | 'dst') =>
    facts.filter((fact) => fact[end] === ip).map((fact) => ({ ...fact, end, peer: fact[peer] }))
  return [...as('src', 'dst'), ...as('dst', 'src')]
}

/** Sums traffic, with bytes swapped if the address is the destination. */
function traffic(facts: readonly Seen[]) {
  const called = sums(facts.filter(({ end }) => end === 'dst'))
  const calling = sums(facts.filter(({ end }) => end === 'src'))
  return {
    tuples: facts.length,
    flows: called.flows + calling.flows,
    bytesSent: calling.bytesSent + called.bytesReceived,
    bytesReceived: calling.bytesReceived + called.bytesSent,
  }
}

function split(facts: readonly Fact[]) {
  const { allow, deny } = sums(facts)
  return { allow, deny }
}

const byText = (a: string, b: string) => compareText('text', a, b)
const byAddress = (a: string, b: string) => compareText('address', a, b)

function weight({ bytesSent, bytesReceived }: { bytesSent: number; bytesReceived: number }, action: string): number {
  return action === 'deny' ? 0 : bytesSent + bytesReceived
}

function roleOf(facts: readonly Seen[], limit: number): HostAnswer['roles'][number] {
  const { end, action } = facts[0]!
  const ports = [...groupBy(facts, ({ dport, proto }) => JSON.stringify([dport, proto])).values()].map((own) => {
    const { dport, proto } = own[0]!
    return { dport, proto, ...traffic(own), peers: distinct(own, (fact) => fact.peer), ...span(own) }
  })
  const peers = [...groupBy(facts, (fact) => fact.peer)].map(([ip, own]) => ({
    ip,
    ...traffic(own),
    ports: distinct(own, ({ dport }) => dport),
    ...span(own),
  }))
  ports.sort((a, b) => weight(b, action) - weight(a, action) || b.tuples - a.tuples || a.dport - b.dport || byText(a.proto, b.proto))
  peers.sort((a, b) => weight(b, action) - weight(a, action) || b.tuples - a.tuples || byAddress(a.ip, b.ip))
  return {
    end,
    action,
    ...traffic(facts),
    ...span(facts),
    ports: { total: ports.length, rows: ports.slice(0, limit) },
    peers: { total: peers.length, rows: peers.slice(0, limit) },
  }
}

function firstOf(facts: readonly Fact[]): Moment {
  const [first] = facts.toSorted((a, b) => byText(a.time, b.time) || a.blob - b.blob || a.offset - b.offset)
  return { tuples: facts.length, first: first!.time, rule: first!.rule, acl: first!.acl, dst: first!.dst, dport: first!.dport }
}

function letInAt(ip: string, end: 'src' | 'dst', rows: readonly Fact[], everything: readonly Fact[]): HostAnswer['letIn']['rows'] {
  const knocks = (facts: readonly Fact[], action: string) =>
    groupBy(
      facts.filter((fact) => fact[end] === ip && fact.dir === 'in' && fact.action === action),
      ({ src }) => src,
    )
  const passed = knocks(everything, 'allow')
  return [...knocks(rows, 'deny')].flatMap(([source, denials]) => {
    const entries = passed.get(source)
    if (!entries) return []
    const [denied, allowed] = [firstOf(denials), firstOf(entries)]
    return allowed.first > denied.first ? [{ end, source, denied, allowed }] : []
  })
}

/** The host answer computed plainly: `rows` have passed the filter, `facts` are all facts of the range. */
export function naiveHost(
  rows: readonly Fact[],
  facts: readonly Fact[],
  view: View,
  sources: readonly string[] | null,
  ip: string,
  limit: number,
): Omit<HostAnswer, 'view' | 'coverage'> {
  const seen = seenFrom(ip, rows)
  const touching = rows.filter(({ src, dst }) => src === ip || dst === ip)
  const once = seen.filter(({ end, src }) => end === 'src' || src !== ip)
  const everything = facts.filter((fact) => inRange(fact, view, sources))
  const grouped = (keyOf: (fact: Seen) => unknown) => [...groupBy(seen, (fact) => JSON.stringify(keyOf(fact))).values()]
  const order = ({ end, dir = 'in', action = 'allow' }: { end: string; dir?: string; action?: string }) =>
    [end === 'src' ? 0 : 1, dir === 'in' ? 0 : 1, action === 'allow' ? 0 : 1].join('')
  const attempts = rows.filter(({ src, dir, action }) => src === ip && dir === 'in' && action === 'deny')
  const counted = {
    attempts: attempts.length,
    targets: distinct(attempts, ({ dst }) => dst),
    ports: distinct(attempts, ({ dport }) => dport),
  }
  const letIn = [...letInAt(ip, 'src', rows, everything), ...letInAt(ip, 'dst', rows, everything)].sort(
    (a, b) => byText(b.allowed.first, a.allowed.first) || byText(b.end, a.end) || byAddress(a.source, b.source),
  )
  const touched = touching.length === 0 ? { first: null, last: null } : span(touching)
  return {
    ip,
    total: { ...traffic(once), ...split(touching), ...touched },
    directions: grouped(({ end, dir }) => [end, dir])
      .map((own) => ({ end: own[0]!.end, dir: own[0]!.dir, ...traffic(own), ...split(own), ...span(own) }))
      .sort((a, b) => byText(order(a), order(b))),
    roles: grouped(({ end, action }) => [end, action])
      .map((own) => roleOf(own, limit))
      .sort((a, b) => byText(order(a), order(b))),
    scan: attempts.length === 0 ? null : { kind: scanKind(counted), ...counted, ...span(attempts) },
    letIn: { total: letIn.length, rows: letIn.slice(0, limit) },
    rules: grouped(({ end, dir, rule, acl }) => [end, dir, rule, acl.toLowerCase()])
      .map((own) => {
        const { end, dir, rule, acl } = own[0]!
        const counts = { tuples: own.length, ...split(own), peers: distinct(own, (fact) => fact.peer) }
        return { end, dir, rule, acl: naiveSpelling(acl, touching), ...counts, ports: distinct(own, ({ dport }) => dport), ...span(own) }
      })
      .sort(
        (a, b) =>
          b.tuples - a.tuples || byText(a.rule, b.rule) || byText(a.acl.toLowerCase(), b.acl.toLowerCase()) || byText(order(a), order(b)),
      ),
    cards: [...groupBy(touching, ({ log, mac, format }) => JSON.stringify([log, mac, format])).values()]
      .map((own) => {
        const { log, mac, format } = own[0]!
        const ours = own.filter(({ src, dst, dir }) => (src === ip && dir === 'out') || (dst === ip && dir === 'in'))
        return { log, mac, format, tuples: own.length, own: ours.length, ...span(own) }
      })
      .sort((a, b) => b.tuples - a.tuples || byText(a.log, b.log) || byText(a.mac, b.mac) || byText(a.format, b.format)),
  }
}
