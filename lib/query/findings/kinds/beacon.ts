import { formatAddress } from '@/lib/flow/address/address'
import { scaled, unseen } from '@/lib/flow/finding/level'
import { DAY } from '@/lib/flow/time/bucket'
import { OUT, PROTO_OTHER } from '@/lib/flow/tuple/tuple'
import { BYTES } from '@/lib/query/columns/columns'
import type { AskKind, KindAsking } from '@/lib/query/findings/question/asking'
import { boundEnds, endTerms, type FindingEnds, isAmong, isPublic, keyOf, protoWord, socket } from '@/lib/query/findings/question/ends'
import { knownDays } from '@/lib/query/findings/question/known-days'
import { MOST } from '@/lib/query/findings/question/most'
import { lasting, notBefore, plural } from '@/lib/query/findings/question/words'
import { where } from '@/lib/query/where/where'
import { NEW_FLOW } from '@/lib/store/new-flow'
import { type Sql, sql } from '@/lib/store/sql'

/** UDP ports of DNS and NTP, whose traffic is regular by nature. */
const USUAL_PORTS = [53, 123] as const
const UDP = 17
/** Days of the baseline after which a caller is known; if the baseline is short, half of its days. */
const KNOWN_DAYS = 3
/** Maximum number of gaps shown in the chart. */
const GAPS = 200

/** Quartiles and median deviation of the gaps, each an existing gap or deviation; milliseconds. */
export interface BeaconRhythm {
  calls: number
  lower: number
  middle: number
  upper: number
  deviation: number
}

/** Returns the regularity of gaps in percent: the mean of their symmetry (Bowley) and of the smallness of their median deviation. */
function regularity({ lower, middle, upper, deviation }: BeaconRhythm): number {
  const spread = upper - lower
  const skew = spread < 10 || middle === lower || middle === upper ? 0 : (lower + upper - 2 * middle) / spread
  const narrow = middle > 0 ? Math.max(0, (middle - deviation) / middle) : 0
  return Math.round(((1 - Math.abs(skew) + narrow) / 2) * 100)
}

interface Row extends FindingEnds, BeaconRhythm {
  proto: number
}

const KEY = sql`src, dst, dport, proto`

/** Returns the condition for new flows outwards, except those that are regular by nature. */
function connecting(): Sql {
  return sql`dir = ${OUT} and ${NEW_FLOW} and proto <> ${PROTO_OTHER} and not (proto = ${UDP} and dport in ${[...USUAL_PORTS]})`
}

const TARGET = sql`dst, dport, proto`

/** Returns the condition for rows that may be regular calls: new flows to public addresses and ports with enough of them, and few callers. */
function calling({ view, scope, thresholds: { calls, callers } }: KindAsking<'beacon'>): Sql {
  const rows = sql`${where(view, scope)} and ${connecting()} and ${isPublic('dst')}`
  return sql`${rows} and (${TARGET}) in (
      select ${TARGET} from tuples where ${rows} group by ${TARGET} having count(*) >= ${calls} and count(distinct src) <= ${callers}
    )`
}

/** Selects the calls of each key with the gap to the previous call: connections within `apart` of the last one belong to the same call. */
function callsSql({ thresholds: { apart } }: KindAsking<'beacon'>, connections: Sql): Sql {
  return sql`select ${KEY}, time, time - lag(time, 1, 0) over (partition by ${KEY} order by time) as gap,
      row_number() over (partition by ${KEY} order by time) as place
    from (
      select ${KEY}, time, time - lag(time, 1, -1) over (partition by ${KEY} order by time) as since from tuples where ${connections}
    ) as connections where since >= ${apart * 1000}`
}

/** Returns the value at a share of a key's sorted values: the nearest rank. */
function rank(value: Sql, quarters: number): Sql {
  return sql`max(case when place = 1 + ((many - 1) * ${quarters} - ((many - 1) * ${quarters}) % 4) / 4 then ${value} else 0 end)`
}

function rhythmsSql(asking: KindAsking<'beacon'>): Sql {
  const gaps = sql`select ${KEY}, time, gap, row_number() over (partition by ${KEY} order by gap) as place, count(*) over (partition by ${KEY}) as many
    from (${callsSql(asking, calling(asking))}) as calls where place > 1`
  const middle = sql`select *, max(case when place = 1 + (many - 1 - (many - 1) % 2) / 2 then gap else 0 end) over (partition by ${KEY}) as middle
    from (${gaps}) as gaps where many + 1 >= ${asking.thresholds.calls}`
  const deviations = sql`select *, row_number() over (partition by ${KEY} order by abs(gap - middle)) as turn from (${middle}) as middles`
  return sql`select ${KEY}, max(many) + 1 as calls, ${rank(sql`gap`, 1)} as lower, max(middle) as middle, ${rank(sql`gap`, 3)} as upper,
      max(case when turn = 1 + (many - 1 - (many - 1) % 2) / 2 then abs(gap - middle) else 0 end) as deviation
    from (${deviations}) as turns group by ${KEY}`
}

interface Sums extends FindingEnds {
  proto: number
  tuples: number
  bytes: number
  first: number
  last: number
}

/** An internal address that calls a public one at nearly constant intervals. */
export const beacon: AskKind<'beacon'> = async (asking) => {
  const { store, baseline, thresholds, cover, signal } = asking
  const rhythms = await store.query<Row>(
    // Larger deviations cannot be regular enough, however symmetric they are.
    sql`select * from (${rhythmsSql(asking)}) as rhythms where deviation * 100 <= middle * ${200 - 2 * thresholds.regular + 2} order by ${KEY} limit ${MOST + 1}`,
    signal,
  )
  const found = rhythms.filter((row) => regularity(row) >= thresholds.regular)
  if (found.length === 0) return []
  const enough = Math.min(KNOWN_DAYS, Math.max(1, Math.floor((baseline.to - baseline.from) / DAY / 2)))
  const [daysOf, sums, callers, gaps] = await Promise.all([
    knownDays(asking, found, connecting()),
    sumsOf(asking, found),
    callersOf(asking, found),
    gapsOf(asking, found),
  ])
  return found.flatMap((row) => {
    const { src, dst, dport, proto, calls, middle, deviation } = row
    const days = daysOf(row)
    if (days >= enough) return []
    const key = `${keyOf(row)} ${proto}`
    const { tuples, bytes, first, last } = sums.get(key)!
    const regular = regularity(row)
    return [
      {
        key: [formatAddress(src), formatAddress(dst), dport, protoWord(proto)],
        src: formatAddress(src),
        dst: formatAddress(dst),
        dport,
        first,
        last,
        tuples,
        bytes,
        terms: `${endTerms(row)} proto:${protoWord(proto)} dir:out`,
        figures: {
          address: formatAddress(src),
          calls,
          everyMs: middle,
          deviationMs: deviation,
          regular,
          callers: callers.get(targetOf(row))!,
          days,
          gaps: gaps.get(key)!,
        },
        sentence: `${formatAddress(src)} called ${socket(dst, dport)} ${plural(calls, 'time')}, every ${lasting(middle)} give or take ${lasting(deviation)}; ${
          days > 0 ? `so it did on ${plural(days, 'day')} of the baseline` : notBefore(cover.share)
        }`,
        weight: {
          large: 0.3 + 0.7 * scaled(calls, thresholds.calls, 100),
          rare: (days > 0 ? 0.5 : 1) * unseen(cover.share),
          sure: ((regular / 100) * (1 + cover.share)) / 2,
        },
      },
    ]
  })
}

function boundRows(found: readonly Row[]): ReturnType<typeof boundEnds> & { proto: number[] } {
  return { ...boundEnds(found), proto: found.map(({ proto }) => proto) }
}

function targetOf({ dst, dport, proto }: Pick<Row, 'dst' | 'dport' | 'proto'>): string {
  return `${dst} ${dport} ${proto}`
}

/** Returns how many addresses call the same address and port. */
async function callersOf({ store, view, scope, signal }: KindAsking<'beacon'>, found: readonly Row[]): Promise<Map<string, number>> {
  const { src: _, ...targets } = boundRows(found)
  const rows = await store.query<Pick<Row, 'dst' | 'dport' | 'proto'> & { callers: number }>(
    sql`select ${TARGET}, count(distinct src) as callers from tuples
      where ${where(view, scope)} and ${connecting()} and ${isAmong(targets)} group by ${TARGET}`,
    signal,
  )
  return new Map(rows.map((row) => [targetOf(row), row.callers]))
}

async function sumsOf({ store, view, scope, signal }: KindAsking<'beacon'>, found: readonly Row[]): Promise<Map<string, Sums>> {
  const rows = await store.query<Sums>(
    sql`select ${KEY}, count(*) as tuples, coalesce(sum(${BYTES}), 0) as bytes, min(time) as first, max(time) as last
      from tuples where ${where(view, scope)} and dir = ${OUT} and ${isAmong(boundRows(found))} group by ${KEY}`,
    signal,
  )
  return new Map(rows.map((row) => [`${keyOf(row)} ${row.proto}`, row]))
}

/** Returns the first gaps of each key, in the order of time. */
async function gapsOf(asking: KindAsking<'beacon'>, found: readonly Row[]): Promise<Map<string, number[]>> {
  const connections = sql`${where(asking.view, asking.scope)} and ${connecting()} and ${isAmong(boundRows(found))}`
  const rows = await asking.store.query<FindingEnds & { proto: number; gap: number }>(
    sql`select ${KEY}, gap from (${callsSql(asking, connections)}) as calls where place between 2 and ${GAPS + 1} order by ${KEY}, place`,
    asking.signal,
  )
  const gaps = new Map<string, number[]>()
  for (const row of rows) {
    const key = `${keyOf(row)} ${row.proto}`
    const some = gaps.get(key)
    if (some) some.push(row.gap)
    else gaps.set(key, [row.gap])
  }
  return gaps
}
