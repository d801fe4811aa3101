import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import type { KeyField } from '@/lib/flow/field/fields'
import type { PathMetric } from '@/lib/flow/field/metric'
import { Problem } from '@/lib/flow/problem'
import type { View } from '@/lib/flow/view/view'
import { oneSpelling } from '@/lib/query/columns/acl'
import { MEASURES } from '@/lib/query/columns/measures'
import type { CellValue } from '@/lib/query/columns/words'
import { KEYS, type Keyed, keyed } from '@/lib/query/where/keyed'
import type { Scoped } from '@/lib/query/where/scope'
import { BoundRows, join, Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { type Largest, largest } from './largest'

export interface PathsOptions extends Scoped {
  /** Two to four fields, which may repeat. */
  by?: readonly KeyField[]
  metric?: PathMetric
  limit?: number
  /** The same query about an earlier time, for comparison. */
  before?: Scoped & { view: View }
}

type Answer = Omit<PathsAnswer, 'view' | 'coverage' | 'baseline'>
type Node = Answer['nodes'][number]
type Sums = Answer['total']

/** Place of a value that is not among the largest of its column. */
const OTHER = -1
/** Maximum number of links in one answer. */
const MOST_LINKS = 250_000
const SUMS = ['tuples', 'flows', 'allow', 'deny', 'bytes', 'denyBytes'] as const

const PLACES = ['place0', 'place1', 'place2', 'place3'] as const
type LinkRow = Sums & Partial<Record<(typeof PLACES)[number], number | null>>

function named(name: string): Sql {
  return Sql.of([name], [])
}

/** Joins the place of a column's value among its largest values. */
function placed(column: number, cells: readonly CellValue[]): Sql {
  const [value, place, alias] = [named(`top${column}_value`), named(`top${column}_place`), named(`top${column}`)]
  const rows = new BoundRows({ cell: cells as readonly string[], position: cells.map((_, i) => i) })
  return sql`left join (select cell as ${value}, position as ${place} from ${rows} as bound) as ${alias} on ${value} = ${KEYS[column]!}`
}

/** Sums each pair of neighbouring columns in one pass. */
function linksSql({ from }: Keyed, columns: readonly Largest[]): Sql {
  const places = columns.map((_, i) => sql`coalesce(${named(`top${i}_place`)}, ${OTHER}) as ${named(PLACES[i]!)}`)
  const joins = columns.reduce((text, { cells }, i) => sql`${text} ${placed(i, cells)}`, sql``)
  const names = columns.map((_, i) => named(PLACES[i]!))
  const sets = names.slice(1).map((name, i) => sql`(${names[i]!}, ${name})`)
  const sums = SUMS.map((name) => sql`${MEASURES[name]} as ${named(`"${name}"`)}`)
  return sql`select ${join([...names, ...sums], ', ')}
    from (select ${join(places, ', ')}, action, state, bytes_sent, bytes_received from ${from}${joins}) as placed
    group by grouping sets (${join(sets, ', ')}) limit ${MOST_LINKS + 1}`
}

const NOTHING: Sums = { tuples: 0, flows: 0, allow: 0, deny: 0, bytes: 0, denyBytes: 0 }

function sumOf(all: readonly Sums[]): Sums {
  const sum = { ...NOTHING }
  for (const one of all) for (const name of SUMS) sum[name] += one[name]
  return sum
}

function sumsOf(row: Sums): Sums {
  const { tuples, flows, allow, deny, bytes, denyBytes } = row
  return { tuples, flows, allow, deny, bytes, denyBytes }
}

interface Link {
  /** The first of its two columns. */
  column: number
  from: number
  to: number
  sums: Sums
}

function linkOf(row: LinkRow, pairs: number): Link {
  for (let column = 0; column < pairs; column++) {
    const [from, to] = [row[PLACES[column]!] ?? null, row[PLACES[column + 1]!] ?? null]
    if (from !== null && to !== null) return { column, from, to, sums: sumsOf(row) }
  }
  throw new Problem('store', 'A link has no ends')
}

function wayOf({ column, from, to }: Link): string {
  return `${column} ${from} ${to}`
}

function countsOf({ allow, deny }: Sums = NOTHING): { allow: number; deny: number } {
  return { allow, deny }
}

/** Returns the nodes of one column, summed from its links. */
function nodesOf(column: number, field: KeyField, { words }: Largest, links: readonly Link[], metric: PathMetric) {
  const here = column === 0 ? (link: Link) => link.from : (link: Link) => link.to
  const own = links.filter((link) => link.column === Math.max(0, column - 1))
  const byPlace = new Map<number, Sums>()
  for (const link of own) byPlace.set(here(link), sumOf([byPlace.get(here(link)) ?? NOTHING, link.sums]))
  const spell = field === 'acl' ? oneSpelling(words) : String
  const nodes = [...byPlace].map(([place, sums]) => ({ place, sums }))
  nodes.sort((a, b) => Number(a.place === OTHER) - Number(b.place === OTHER) || b.sums[metric] - a.sums[metric] || a.place - b.place)
  return nodes.map(({ place, sums }): { place: number; node: Node } => {
    const value = place === OTHER ? 'other' : spell(words[place]!)
    return { place, node: { id: place === OTHER ? String(column) : `${column}:${value}`, column, value, other: place === OTHER, ...sums } }
  })
}

/**
 * Returns the view as columns of values and the traffic between neighbouring columns. In each column, the `limit` largest values by `metric` have their own
 * nodes and all others share one, so that every column, and every pair of neighbours, contains the whole view. With a field of either end, a tuple counts once
 * for each distinct value that it has, in all columns.
 * @throws Problem `ask` if there are more links than an answer may have
 */
export async function paths(
  store: Store,
  view: View,
  { scope, by = ['src.subnet', 'dport', 'dst.subnet'], metric = 'tuples', limit = 20, before }: PathsOptions,
  signal?: AbortSignal,
): Promise<Answer> {
  const source = keyed(view, scope, by)
  const columns = await largest(store, source, metric, limit, signal)
  const asked = { by: by.join(','), metric, values: columns.map(({ total }) => total) }
  if (columns.every(({ cells }) => cells.length === 0)) return { ...asked, total: NOTHING, nodes: [], links: [] }
  const linksOf = async (of: Keyed): Promise<Link[]> => {
    const rows = await store.query<LinkRow>(linksSql(of, columns), signal)
    if (rows.length > MOST_LINKS)
      throw new Problem('ask', `Key limit: more than ${MOST_LINKS} links; expected fewer values of each column`, { key: 'limit' })
    return rows.map((row) => linkOf(row, by.length - 1))
  }
  const links = await linksOf(source)
  const earlier = before && new Map((await linksOf(keyed(before.view, before.scope, by))).map((link) => [wayOf(link), link.sums]))
  const nodes = columns.map((column, i) => nodesOf(i, by[i]!, column, links, metric))
  const ordered = nodes.map((some) => new Map(some.map(({ place, node }, order) => [place, { order, id: node.id }])))
  const told = links.map((link) => ({
    column: link.column,
    from: ordered[link.column]!.get(link.from)!,
    to: ordered[link.column + 1]!.get(link.to)!,
    sums: link.sums,
    before: earlier === undefined || link.from === OTHER || link.to === OTHER ? {} : { before: countsOf(earlier.get(wayOf(link))) },
  }))
  told.sort((a, b) => a.column - b.column || a.from.order - b.from.order || a.to.order - b.to.order)
  return {
    ...asked,
    total: sumOf(links.filter(({ column }) => column === 0).map(({ sums }) => sums)),
    nodes: nodes.flatMap((some) => some.map(({ node }) => node)),
    links: told.map(({ from, to, sums, before }) => ({ from: from.id, to: to.id, ...sums, ...before })),
  }
}
