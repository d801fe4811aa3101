import type { TalkersAnswer } from '@/lib/flow/answer/talkers'
import type { KeyField, Metric } from '@/lib/flow/fields'
import type { View } from '@/lib/flow/view'
import { oneSpelling } from '@/lib/query/columns/acl'
import { MEASURES } from '@/lib/query/columns/measures'
import { type Cell, instant, wordOf } from '@/lib/query/columns/words'
import { COUNTS, counted } from '@/lib/query/where/counted'
import { type Keyed, keyed } from '@/lib/query/where/keyed'
import type { Scoped } from '@/lib/query/where/scope'
import { join, Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

export interface TalkersOptions extends Scoped {
  /** One field or two different ones. */
  by?: readonly KeyField[]
  metric?: Metric
  limit?: number
}

type Row = TalkersAnswer['rows'][number]
type Sums = TalkersAnswer['other']

/** A key as the engine holds it: `key1` is missing where one field is asked for. */
interface KeyCells {
  key0: Cell
  key1?: Cell
}

interface Ranked extends KeyCells {
  /** Keys in all. */
  total: number
}

interface Figures extends Sums, KeyCells {
  /** Of an ACL, in place of its key. */
  shown0?: string
  shown1?: string
  peers: number
  ports: number
  firstTime: number
  lastTime: number
}

const SUMS = ['tuples', 'flows', 'allow', 'deny', 'bytes', 'packets', 'bytesSent', 'bytesReceived'] as const

function sumsSql(measures: Record<(typeof SUMS)[number], Sql>): Sql {
  return join(
    SUMS.map((name) => sql`${measures[name]} as ${Sql.of([`"${name}"`], [])}`),
    ', ',
  )
}

/** The keys to show, by one figure alone: the others are made for these keys only. */
function rankedSql({ from, keys, peer }: Keyed, metric: Metric, limit: number): Sql {
  const rank = metric === 'peers' ? sql`count(distinct ${peer})` : MEASURES[metric]
  return sql`select *, count(*) over () as total from (select ${keys}, ${rank} as rank from ${from} group by ${keys}) as ranks
    order by rank desc, ${keys} limit ${limit}`
}

function anyOf(key: Sql, cells: readonly Cell[]): Sql {
  const values = [...new Set(cells)].map((cell) => sql`${cell}`)
  return sql`${key} in (${join(values, ', ')})`
}

function keyText({ key0, key1 }: KeyCells): string {
  return JSON.stringify([String(key0), String(key1)])
}

/** Exact distinct counts cost many times a sum, so they are made for the shown keys alone. */
async function figuresOf(store: Store, { from, keys, shown: written, peer, types }: Keyed, shown: readonly Ranked[], signal?: AbortSignal) {
  if (shown.length === 0) return new Map<string, Figures>()
  const conditions = [sql`key0`, sql`key1`].slice(0, types.length).map((key, i) =>
    anyOf(
      key,
      shown.map(({ key0, key1 }) => (i === 0 ? key0 : key1!)),
    ),
  )
  const rows = await store.query<Figures>(
    sql`select ${keys}, ${sumsSql(MEASURES)}, min(time) as "firstTime", max(time) as "lastTime",
        count(distinct ${peer}) as peers, count(distinct dport) as ports${written}
      from ${from} where ${join(conditions, ' and ')} group by ${keys}`,
    signal,
  )
  return new Map(rows.map((row) => [keyText(row), row]))
}

/** Sums over everybody, shown or not. */
async function everybody(store: Store, view: View, { scope }: Scoped, source: Keyed, signal?: AbortSignal): Promise<Sums> {
  const question = source.once
    ? sql`select ${sumsSql(COUNTS)} from ${counted(view, scope)}`
    : sql`select ${sumsSql(MEASURES)} from ${source.from}`
  return (await store.query<Sums>(question, signal))[0]!
}

function sumsOf(read: (name: (typeof SUMS)[number]) => number): Sums {
  return Object.fromEntries(SUMS.map((name) => [name, read(name)])) as Sums
}

/**
 * The keys that count most in the view by `metric`, equal ones in the order of the key. With `ip` or `port` a tuple counts for each of its two ends,
 * once where both are the same, and so it does in `other`. `bytesSent` is what went from source to destination.
 */
export async function talkers(
  store: Store,
  view: View,
  { scope, by = ['src'], metric = 'tuples', limit = 10 }: TalkersOptions,
  signal?: AbortSignal,
): Promise<Pick<TalkersAnswer, 'by' | 'metric' | 'total' | 'rows' | 'other'>> {
  const source = keyed(view, scope, by)
  const { revision } = store
  const all = everybody(store, view, { scope }, source, signal)
  all.catch(() => {})
  const ranked = await store.query<Ranked>(rankedSql(source, metric, limit), signal)
  const figures = await figuresOf(store, source, ranked, signal)
  // Rows that came between the questions would be shown and not be in the sums: those are made again, after them.
  const sums = store.revision === revision ? await all : await everybody(store, view, { scope }, source, signal)
  const acls = [...figures.values()].flatMap(({ shown0, shown1 }) => shown0 ?? shown1 ?? [])
  const spell = oneSpelling(acls)
  const rows = ranked.map((key): Row => {
    const row = figures.get(keyText(key))!
    const words = source.types.map((type, i) => {
      const written = i === 0 ? row.shown0 : row.shown1
      return written === undefined ? wordOf(type, i === 0 ? key.key0 : key.key1!) : spell(written)
    })
    return {
      key: words.length === 1 ? words[0]! : words,
      ...sumsOf((name) => row[name]),
      peers: row.peers,
      ports: row.ports,
      first: instant(row.firstTime),
      last: instant(row.lastTime),
    }
  })
  const shown = (name: (typeof SUMS)[number]) => rows.reduce((sum, row) => sum + row[name], 0)
  return { by: by.join(','), metric, total: ranked[0]?.total ?? 0, rows, other: sumsOf((name) => sums[name] - shown(name)) }
}
