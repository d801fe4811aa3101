import type { TalkersAnswer } from '@/lib/flow/answers'
import type { FilterField, Metric } from '@/lib/flow/fields'
import type { View } from '@/lib/flow/view'
import { join, type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { type Keyed, keyed } from './keyed'
import { MEASURES } from './measures'
import type { Scope } from './scope'
import { type Cell, instant, wordOf } from './words'

export interface TalkersOptions extends Scope {
  /** One field or two different ones. */
  by?: readonly FilterField[]
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

interface Group extends Sums, KeyCells {
  firstTime: number
  lastTime: number
  total: number
}

const SUMS = ['tuples', 'flows', 'allow', 'deny', 'bytes', 'packets', 'bytesSent', 'bytesReceived'] as const

/** Sums over all keys travel beside each row under these names. */
type Everything = Record<`all_${(typeof SUMS)[number]}`, number>

const ORDER: Record<Metric, Sql> = { tuples: sql`tuples`, flows: sql`flows`, bytes: sql`bytes`, packets: sql`packets`, peers: sql`peers` }

function talkersSql({ from, keys, peer }: Keyed, metric: Metric, limit: number): Sql {
  const peers = metric === 'peers' ? sql`, count(distinct ${peer}) as peers` : sql``
  const m = MEASURES
  return sql`select *, count(*) over () as total, sum(tuples) over () as all_tuples, sum(flows) over () as all_flows,
      sum(allow) over () as all_allow, sum(deny) over () as all_deny, sum(bytes) over () as all_bytes, sum(packets) over () as all_packets,
      sum("bytesSent") over () as "all_bytesSent", sum("bytesReceived") over () as "all_bytesReceived"
    from (
      select ${keys}, ${m.tuples} as tuples, ${m.flows} as flows, ${m.allow} as allow, ${m.deny} as deny, ${m.bytes} as bytes,
        ${m.packets} as packets, ${m.bytesSent} as "bytesSent", ${m.bytesReceived} as "bytesReceived",
        min(time) as "firstTime", max(time) as "lastTime"${peers}
      from ${from} group by ${keys}
    ) as sums
    order by ${ORDER[metric]} desc, ${keys} limit ${limit}`
}

function anyOf(key: Sql, cells: readonly Cell[]): Sql {
  const values = [...new Set(cells)].map((cell) => sql`${cell}`)
  return sql`${key} in (${join(values, ', ')})`
}

function keyText({ key0, key1 }: KeyCells): string {
  return JSON.stringify([String(key0), String(key1)])
}

/** Exact distinct counts cost many times a sum, so they are made for the shown keys alone. */
async function distinctsOf(store: Store, { from, keys, peer, types }: Keyed, shown: readonly Group[], signal?: AbortSignal) {
  const conditions = [
    anyOf(
      sql`key0`,
      shown.map(({ key0 }) => key0),
    ),
    ...(types.length > 1
      ? [
          anyOf(
            sql`key1`,
            shown.map(({ key1 }) => key1!),
          ),
        ]
      : []),
  ]
  const rows = await store.query<KeyCells & { peers: number; ports: number }>(
    sql`select ${keys}, count(distinct ${peer}) as peers, count(distinct dport) as ports
      from ${from} where ${join(conditions, ' and ')} group by ${keys}`,
    signal,
  )
  return new Map(rows.map((row) => [keyText(row), row]))
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
  { sources, by = ['src'], metric = 'tuples', limit = 10 }: TalkersOptions,
  signal?: AbortSignal,
): Promise<Pick<TalkersAnswer, 'by' | 'metric' | 'total' | 'rows' | 'other'>> {
  const source = keyed(view, sources, by)
  const groups = await store.query<Group & Everything>(talkersSql(source, metric, limit), signal)
  const [first] = groups
  const distincts = first ? await distinctsOf(store, source, groups, signal) : new Map()
  const rows = groups.map((group): Row => {
    const { peers, ports } = distincts.get(keyText(group))!
    const words = source.types.map((type, i) => wordOf(type, i === 0 ? group.key0 : group.key1!))
    return {
      key: words.length === 1 ? words[0]! : words,
      ...sumsOf((name) => group[name]),
      peers,
      ports,
      first: instant(group.firstTime),
      last: instant(group.lastTime),
    }
  })
  const shown = (name: (typeof SUMS)[number]) => rows.reduce((sum, row) => sum + row[name], 0)
  return {
    by: by.join(','),
    metric,
    total: first?.total ?? 0,
    rows,
    other: sumsOf((name) => (first ? first[`all_${name}`] - shown(name) : 0)),
  }
}
