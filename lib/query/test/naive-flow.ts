import type { TupleRow } from '@/lib/flow/answer/tuples'
import type { View } from '@/lib/flow/view'
import type { Fact } from './facts'
import { rowOf } from './naive-answers'
import { inRange, naiveRows } from './naive-filter'

/** Answers about one tuple made plainly, from all facts. */

const timeOf = (fact: Fact) => Date.parse(fact.time)
const inOrder = (a: Fact, b: Fact) => timeOf(a) - timeOf(b) || a.blob - b.blob || a.offset - b.offset
const startsAnew = (fact: Fact) => fact.action === 'deny' || fact.state === 'begin' || fact.state === null

function flowOf(facts: readonly Fact[], of: Fact): Fact[] {
  const alike = facts
    .filter((fact) => (['src', 'sport', 'dst', 'dport', 'proto'] as const).every((field) => fact[field] === of[field]))
    .sort(inOrder)
  const flows: Fact[][] = []
  for (const fact of alike) {
    const last = flows.at(-1)?.at(-1)
    if (last === undefined || (startsAnew(fact) && timeOf(fact) - timeOf(last) > 60_000)) flows.push([])
    flows.at(-1)!.push(fact)
  }
  return flows.find((flow) => flow.includes(of)) ?? []
}

export function naiveFlow(facts: readonly Fact[], view: View, sources: readonly string[] | null, of: Fact): TupleRow[] {
  const rows = flowOf(
    facts.filter((fact) => inRange(fact, view, sources)),
    of,
  )
  const counting = new Set(naiveRows(facts, view, sources))
  return rows.filter((row) => counting.has(row)).map(rowOf)
}

/** Pairs of a neighbour and its distance, so that the nearest can be told. */
export function naiveNeighbours(facts: readonly Fact[], view: View, sources: readonly string[] | null, of: Fact, limit: number) {
  const far = (fact: Fact) => Math.abs(timeOf(fact) - timeOf(of))
  const near = naiveRows(facts, view, sources).filter(
    (fact) => fact !== of && fact.mac === of.mac && (of.mac !== '' || fact.log === of.log) && far(fact) <= 60_000,
  )
  const nearest = near.toSorted((a, b) => far(a) - far(b) || inOrder(a, b)).slice(0, limit)
  return { total: near.length, rows: nearest.sort(inOrder).map(rowOf) }
}
