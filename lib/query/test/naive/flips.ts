import { parseAddress } from '@/lib/flow/address/address'
import type { FlipsAnswer } from '@/lib/flow/answer/traffic/flips'
import { tupleId } from '@/lib/flow/tuple/tuple'
import type { FlipWay } from '@/lib/flow/view/flip'
import type { View } from '@/lib/flow/view/view'
import type { Fact } from '@/lib/query/test/facts'
import { inRange } from './filter'

type Row = FlipsAnswer['rows'][number]
type Flip = NonNullable<Row['opened']>

function runOf(facts: readonly Fact[], named: Fact): Flip['before'] {
  return { tuples: facts.length, first: facts[0]!.time, last: facts.at(-1)!.time, rule: named.rule, acl: named.acl }
}

/** Walks through the key's facts in order. */
function rowOf(facts: readonly Fact[]): Row {
  const runs: Fact[][] = []
  for (const fact of facts) {
    if (runs.at(-1)?.[0]?.action === fact.action) runs.at(-1)!.push(fact)
    else runs.push([fact])
  }
  const firstInto = (action: Fact['action']): Flip | null => {
    const at = runs.findIndex((run, i) => i > 0 && run[0]!.action === action)
    if (at < 0) return null
    const [before, after] = [runs[at - 1]!, runs[at]!]
    const [head] = after
    return { at: head!.time, id: tupleId(head!.blob, head!.offset), before: runOf(before, before.at(-1)!), after: runOf(after, head!) }
  }
  const { src, dst, dport, proto, dir } = facts[0]!
  return {
    ...{ src, dst, dport, proto, dir, flips: runs.length - 1 },
    allow: facts.filter(({ action }) => action === 'allow').length,
    deny: facts.filter(({ action }) => action === 'deny').length,
    first: facts[0]!.time,
    last: facts.at(-1)!.time,
    opened: firstInto('allow'),
    closed: firstInto('deny'),
  }
}

function compare(way: FlipWay, a: Row, b: Row): number {
  const rank = ({ dir, opened }: Row) => (way !== 'closed' && !opened ? 2 : dir === 'in' ? 0 : 1)
  const telling = ({ opened, closed }: Row) => Date.parse(((way === 'closed' ? closed : opened) ?? closed)!.at)
  const order = (x: bigint | number | string, y: bigint | number | string) => (x < y ? -1 : x > y ? 1 : 0)
  const steps = [
    rank(a) - rank(b),
    telling(b) - telling(a),
    order(parseAddress(a.src)!, parseAddress(b.src)!),
    order(parseAddress(a.dst)!, parseAddress(b.dst)!),
    a.dport - b.dport,
    order(a.proto, b.proto),
    order(a.dir, b.dir),
  ]
  return steps.find((step) => step !== 0) ?? 0
}

/** `facts` have passed the filter, `everything` has not. */
export function naiveFlips(
  facts: readonly Fact[],
  everything: readonly Fact[],
  view: View,
  sources: readonly string[] | null,
  { way, limit }: { way: FlipWay; limit: number },
): Pick<FlipsAnswer, 'total' | 'rows'> {
  const keyOf = ({ src, dst, dport, proto, dir }: Fact) => JSON.stringify([src, dst, dport, proto, dir])
  const asked = new Set(facts.map(keyOf))
  const courses = new Map<string, Fact[]>()
  for (const fact of everything) {
    if (!asked.has(keyOf(fact)) || !inRange(fact, view, sources)) continue
    courses.set(keyOf(fact), [...(courses.get(keyOf(fact)) ?? []), fact])
  }
  const rows = [...courses.values()]
    .map((course) => rowOf(course.sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || a.blob - b.blob || a.offset - b.offset)))
    .filter((row) => row.flips > 0 && (way === 'all' || row[way] !== null))
    .sort((a, b) => compare(way, a, b))
  return { total: rows.length, rows: rows.slice(0, limit) }
}
