import { formatCidr, parseAddress } from '@/lib/flow/address/address'
import { coverAddresses, coverPorts } from '@/lib/flow/address/cover'
import { addressScope } from '@/lib/flow/address/scope'
import type { RuleAnswer } from '@/lib/flow/answer/traffic/rule'
import { floorTo } from '@/lib/flow/time/bucket'
import { PREFIXES } from '@/lib/query/rule/ends'
import { RANGES } from '@/lib/query/rule/ports'
import type { Fact } from '@/lib/query/test/facts'
import { groupBy, isSameAcl, span, sums } from './answers'

type Side = NonNullable<RuleAnswer['allow']>

const address = (text: string) => parseAddress(text)!
const order = (a: bigint | number | string, b: bigint | number | string) => (a < b ? -1 : a > b ? 1 : 0)

function naiveEnd(facts: readonly Fact[], end: 'src' | 'dst', limit: number): Side['sources'] {
  const rows = [...groupBy(facts, (fact) => fact[end])].map(([text, own]) => {
    const { tuples, flows, bytes } = sums(own)
    return { address: text, tuples, flows, bytes, ports: new Set(own.map(({ dport }) => dport)).size, ...span(own) }
  })
  const seen = rows.map((row) => ({ first: address(row.address), last: address(row.address), seen: 1 }))
  const { prefixes, exact } = coverAddresses(seen, PREFIXES)
  rows.sort((a, b) => b.tuples - a.tuples || order(address(a.address), address(b.address)))
  return {
    total: rows.length,
    public: rows.filter((row) => addressScope(address(row.address)) === 'public').length,
    rows: rows.slice(0, limit),
    cover: { prefixes: prefixes.map((prefix) => ({ prefix: formatCidr(prefix)!, seen: prefix.seen })), exact },
  }
}

function naivePorts(facts: readonly Fact[], limit: number): Side['ports'] {
  const rows = [...groupBy(facts, ({ dport, proto }) => `${dport} ${proto}`).values()].map((own) => {
    const { dport, proto } = own[0]!
    return { dport, proto, tuples: own.length, sources: new Set(own.map(({ src }) => src)).size, ...span(own) }
  })
  rows.sort((a, b) => b.tuples - a.tuples || a.dport - b.dport || order(a.proto, b.proto))
  const protocols = [...new Set(facts.map(({ proto }) => proto))].sort()
  const cover = protocols.map((proto) => {
    const ports = facts.filter((fact) => fact.proto === proto).map(({ dport }) => dport)
    return { proto, ...coverPorts(ports, RANGES) }
  })
  return { total: rows.length, rows: rows.slice(0, limit), cover }
}

function naiveSide(facts: readonly Fact[], limit: number): Side | null {
  if (facts.length === 0) return null
  const { tuples, flows, bytes, packets } = sums(facts)
  return {
    ...{ tuples, flows, bytes, packets, ...span(facts) },
    sources: naiveEnd(facts, 'src', limit),
    destinations: naiveEnd(facts, 'dst', limit),
    ports: naivePorts(facts, limit),
  }
}

/** Counts tuples in each bucket of a range, allowed and denied separately. */
export function naiveSpark(facts: readonly Fact[], { from, to }: { from: number; to: number }, width: number): RuleAnswer['spark'] {
  const course = (action: Fact['action']) => {
    const counts: number[] = []
    for (let t = floorTo(from, width); t < to; t += width)
      counts.push(facts.filter((fact) => fact.action === action && floorTo(Date.parse(fact.time), width) === t).length)
    return counts
  }
  return { allow: course('allow'), deny: course('deny') }
}

/** Returns the traffic of one rule, from facts that have passed the filter. */
export function naiveRule(
  facts: readonly Fact[],
  { rule, acl, dir, limit }: { rule: string; acl: string; dir: Fact['dir']; limit: number },
): Pick<RuleAnswer, 'logs' | 'allow' | 'deny'> {
  const own = facts.filter((fact) => fact.rule === rule && isSameAcl(fact.acl, acl) && fact.dir === dir)
  const logs = [...groupBy(own, ({ log }) => log)].map(([log, written]) => ({ log, tuples: written.length }))
  return {
    logs: logs.sort((a, b) => b.tuples - a.tuples || order(a.log, b.log)),
    allow: naiveSide(
      own.filter(({ action }) => action === 'allow'),
      limit,
    ),
    deny: naiveSide(
      own.filter(({ action }) => action === 'deny'),
      limit,
    ),
  }
}
