import type { FlowRow } from '@/lib/flow/answer/tuples/flows'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import type { Order } from '@/lib/flow/field/order'
import type { FlowOrder } from '@/lib/flow/field/orders'
import type { View } from '@/lib/flow/view/view'
import type { Fact } from '@/lib/query/test/facts'
import { compareText, distinct, groupBy, rowOf, span } from './answers'
import { inRange, naiveRows } from './filter'

/** Answers about one tuple computed plainly, from all facts. */

const timeOf = (fact: Fact) => Date.parse(fact.time)
const inOrder = (a: Fact, b: Fact) => timeOf(a) - timeOf(b) || a.blob - b.blob || a.offset - b.offset
const startsAnew = (fact: Fact) => fact.action === 'deny' || fact.state === 'begin' || fact.state === null

function endsOf({ src, sport, dst, dport, proto }: Fact): string {
  return JSON.stringify([src, sport, dst, dport, proto])
}

/** Parts tuples with the same ends into flows. */
function partsOf(alike: readonly Fact[]): Fact[][] {
  const flows: Fact[][] = []
  for (const fact of alike.toSorted(inOrder)) {
    const last = flows.at(-1)?.at(-1)
    if (last === undefined || (startsAnew(fact) && timeOf(fact) - timeOf(last) > 60_000)) flows.push([])
    flows.at(-1)!.push(fact)
  }
  return flows
}

function flowOf(facts: readonly Fact[], of: Fact): Fact[] {
  const flows = partsOf(facts.filter((fact) => endsOf(fact) === endsOf(of)))
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

/** Returns pairs of a neighbour and its distance, so that the nearest can be found. */
export function naiveNeighbours(facts: readonly Fact[], view: View, sources: readonly string[] | null, of: Fact, limit: number) {
  const far = (fact: Fact) => Math.abs(timeOf(fact) - timeOf(of))
  const near = naiveRows(facts, view, sources).filter(
    (fact) => fact !== of && fact.mac === of.mac && (of.mac !== '' || fact.log === of.log) && far(fact) <= 60_000,
  )
  const nearest = near.toSorted((a, b) => far(a) - far(b) || inOrder(a, b)).slice(0, limit)
  return { total: near.length, rows: nearest.sort(inOrder).map(rowOf) }
}

function summed(facts: readonly Fact[], name: 'packetsSent' | 'bytesSent' | 'packetsReceived' | 'bytesReceived'): number | null {
  const measured = facts.flatMap((fact) => fact[name] ?? [])
  return measured.length === 0 ? null : measured.reduce((sum, value) => sum + value, 0)
}

/** Compares two flows by one column; what is not measured is least. */
function compareBy(column: FlowOrder, a: FlowRow, b: FlowRow): number {
  if (column === 'first' || column === 'last') return Date.parse(a[column]) - Date.parse(b[column])
  if (column === 'duration') return Date.parse(a.last) - Date.parse(a.first) - (Date.parse(b.last) - Date.parse(b.first))
  if (column === 'src' || column === 'dst') return compareText('address', a[column], b[column])
  if (column === 'proto' || column === 'srcMac' || column === 'dstMac') return compareText('text', a[column] ?? 'none', b[column] ?? 'none')
  return (a[column] ?? -1) - (b[column] ?? -1)
}

export function naiveFlows(
  facts: readonly Fact[],
  view: View,
  sources: readonly string[] | null,
  { column, descending }: Order<FlowOrder>,
): FlowRow[] {
  const counting = new Set(naiveRows(facts, view, sources))
  const single = new Set(naiveRows(facts, { ...view, once: true }, sources))
  const range = facts.filter((fact) => inRange(fact, view, sources))
  const flows = [...groupBy(range, endsOf).values()].flatMap(partsOf).flatMap((flow) => {
    const own = flow.filter((fact) => counting.has(fact))
    if (own.length === 0) return []
    const { src, sport, dst, dport, proto } = own[0]!
    const once = own.filter((fact) => single.has(fact))
    const seen = own.filter(({ mac }) => mac !== '')
    const macs = (dir: string) => seen.flatMap((fact) => (fact.dir === dir ? fact.mac : [])).sort()
    const row: FlowRow = {
      ...{ id: rowOf(own[0]!).id, ...span(own), begins: own.some(startsAnew) },
      ends: own.some(({ action, state }) => action === 'deny' || state === 'end'),
      ...{ src, sport, dst, dport, proto },
      allow: own.filter(({ action }) => action === 'allow').length,
      deny: own.filter(({ action }) => action === 'deny').length,
      tuples: own.length,
      ...{ packetsSent: summed(once, 'packetsSent'), bytesSent: summed(once, 'bytesSent') },
      ...{ packetsReceived: summed(once, 'packetsReceived'), bytesReceived: summed(once, 'bytesReceived') },
      ...{ srcMac: macs('out')[0] ?? null, dstMac: macs('in')[0] ?? null, nics: distinct(seen, ({ mac }) => mac) },
    }
    return [{ row, head: own[0]! }]
  })
  const steps = (a: (typeof flows)[0], b: (typeof flows)[0]) => compareBy(column, a.row, b.row) || inOrder(a.head, b.head)
  return flows.sort((a, b) => (descending ? -1 : 1) * steps(a, b)).map(({ row }) => row)
}
