import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'
import type { KeyField } from '@/lib/flow/field/fields'
import type { Metric } from '@/lib/flow/field/metric'
import type { Order } from '@/lib/flow/field/order'
import type { TalkerOrder } from '@/lib/flow/field/orders'
import type { View } from '@/lib/flow/view/view'
import { oneSpelling } from '@/lib/query/columns/acl'
import { MEASURES } from '@/lib/query/columns/measures'
import { type CellValue, instant, wordOf } from '@/lib/query/columns/words'
import { COUNTS, counted } from '@/lib/query/where/counted'
import { type Keyed, keyed } from '@/lib/query/where/keyed'
import type { Scoped } from '@/lib/query/where/scope'
import { join, Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { type Rhythm, rhythms } from './rhythm'

export interface TalkersOptions extends Scoped {
  /** One field, or two different ones. */
  by?: readonly KeyField[]
  metric?: Metric
  /** The column to rank by; `metric` by default. */
  sort?: Order<TalkerOrder>
  /** True to add the rhythm of each row. */
  rhythm?: boolean
  limit?: number
}

type Row = TalkersAnswer['rows'][number]
type Sums = TalkersAnswer['other']

/** A key as the engine holds it: `key1` is missing if there is one field. */
interface KeyCells {
  key0: CellValue
  key1?: CellValue
}

interface Ranked extends KeyCells {
  /** Number of all keys. */
  total: number
}

interface Figures extends Sums, KeyCells {
  /** Spelling of an ACL, in place of its key. */
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

const BY_METRIC: Order<TalkerOrder> = { column: 'metric', descending: true }

/** Returns the value by which keys are ranked, over their tuples; null for the key itself. */
function rankOf(column: Exclude<TalkerOrder, 'interval'>, metric: Metric, { peer }: Keyed): Sql | null {
  const named = column === 'metric' ? metric : column
  if (named === 'key') return null
  if (named === 'peers') return sql`count(distinct ${peer})`
  if (named === 'ports') return sql`count(distinct dport)`
  if (named === 'first') return sql`min(time)`
  if (named === 'last') return sql`max(time)`
  return named === 'denied' ? sql`cast(${MEASURES.deny} as double) / count(*)` : MEASURES[named]
}

/** Selects the most regular keys first, those without a rhythm last. */
function regularSql(source: Keyed, descending: boolean, limit: number): Sql {
  const { from, keys } = source
  const on = join(
    source.types.map((_, i) => (i === 0 ? sql`key0 = own0` : sql`key1 = own1`)),
    ' and ',
  )
  const owns = source.types.length === 1 ? sql`key0 as own0` : sql`key0 as own0, key1 as own1`
  const all = sql`(select ${keys} from ${from} group by ${keys}) as all_keys`
  const found = sql`(select ${owns}, gap, jitter, 1 as has from ${rhythms(source, sql`1 = 1`)}) as found`
  const irregular = sql`case when coalesce(has, 0) = 0 then 0 when gap > 0 then jitter * 1000000 / gap else 1000000 end`
  return sql`select *, count(*) over () as total from (
      select ${keys}, coalesce(has, 0) as rhythmic, ${irregular} as rank, coalesce(gap, 0) as between_flows from ${all} left join ${found} on ${on}
    ) as ranks order by rhythmic desc, rank ${descending ? sql`desc` : sql`asc`}, between_flows, ${keys} limit ${limit}`
}

/** Selects the keys to show, by one figure only: the other figures are computed only for these keys. */
function rankedSql(source: Keyed, metric: Metric, { column, descending }: Order<TalkerOrder>, limit: number): Sql {
  const { from, keys, types } = source
  if (column === 'interval') return regularSql(source, descending, limit)
  const way = descending ? sql`desc` : sql`asc`
  const rank = rankOf(column, metric, source)
  const order =
    rank === null
      ? join(
          types.map((_, i) => sql`${i === 0 ? sql`key0` : sql`key1`} ${way}`),
          ', ',
        )
      : sql`rank ${way}, ${keys}`
  return sql`select *, count(*) over () as total from (select ${keys}, ${rank ?? sql`0`} as rank from ${from} group by ${keys}) as ranks
    order by ${order} limit ${limit}`
}

/** Returns the rhythm of each of these keys that has one. */
async function rhythmsOf(store: Store, source: Keyed, shown: readonly Ranked[], signal?: AbortSignal): Promise<Map<string, Rhythm>> {
  if (shown.length === 0) return new Map()
  const rows = await store.query<KeyCells & Rhythm>(sql`select * from ${rhythms(source, among(source, shown))}`, signal)
  return new Map(rows.map(({ gaps, gap, jitter, ...key }) => [keyText(key), { gaps, gap, jitter }]))
}

function anyOf(key: Sql, cells: readonly CellValue[]): Sql {
  const values = [...new Set(cells)].map((cell) => sql`${cell}`)
  return sql`${key} in (${join(values, ', ')})`
}

function keyText({ key0, key1 }: KeyCells): string {
  return JSON.stringify([String(key0), String(key1)])
}

/** Returns a condition for the rows of these keys, and perhaps of some others. */
function among({ types }: Keyed, shown: readonly Ranked[]): Sql {
  const conditions = [sql`key0`, sql`key1`].slice(0, types.length).map((key, i) =>
    anyOf(
      key,
      shown.map(({ key0, key1 }) => (i === 0 ? key0 : key1!)),
    ),
  )
  return join(conditions, ' and ')
}

/** Exact distinct counts cost many times a sum, so they are made only for the shown keys. */
async function figuresOf(store: Store, source: Keyed, shown: readonly Ranked[], signal?: AbortSignal) {
  const { from, keys, shown: written, peer } = source
  if (shown.length === 0) return new Map<string, Figures>()
  const rows = await store.query<Figures>(
    sql`select ${keys}, ${sumsSql(MEASURES)}, min(time) as "firstTime", max(time) as "lastTime",
        count(distinct ${peer}) as peers, count(distinct dport) as ports${written}
      from ${from} where ${among(source, shown)} group by ${keys}`,
    signal,
  )
  return new Map(rows.map((row) => [keyText(row), row]))
}

/** Sums all keys, shown or not. */
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
 * Returns the keys with the highest `metric` in the view, equal ones in the order of the key. With `ip` or `port`, a tuple counts for each of its two ends,
 * once if both are equal, also in `other`. `bytesSent` are the bytes from source to destination.
 */
export async function talkers(
  store: Store,
  view: View,
  { scope, by = ['src'], metric = 'tuples', sort = BY_METRIC, rhythm = false, limit = 10 }: TalkersOptions,
  signal?: AbortSignal,
): Promise<Pick<TalkersAnswer, 'by' | 'metric' | 'total' | 'rows' | 'other'>> {
  const source = keyed(view, scope, by)
  const { revision } = store
  const all = everybody(store, view, { scope }, source, signal)
  all.catch(() => {})
  const ranked = await store.query<Ranked>(rankedSql(source, metric, sort, limit), signal)
  const [figures, courses] = await Promise.all([
    figuresOf(store, source, ranked, signal),
    rhythm ? rhythmsOf(store, source, ranked, signal) : null,
  ])
  // Rows that arrived between the two queries would be shown but missing in the sums, so the sums are queried again.
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
      ...(courses ? { rhythm: courses.get(keyText(key)) ?? null } : {}),
    }
  })
  const shown = (name: (typeof SUMS)[number]) => rows.reduce((sum, row) => sum + row[name], 0)
  return { by: by.join(','), metric, total: ranked[0]?.total ?? 0, rows, other: sumsOf((name) => sums[name] - shown(name)) }
}
