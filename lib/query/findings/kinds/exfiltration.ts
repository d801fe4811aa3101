import { formatAddress } from '@/lib/flow/address/address'
import { scaled, unseen } from '@/lib/flow/finding/level'
import { formatBytes } from '@/lib/flow/text/bytes'
import { ALLOW, OUT, PROTO_OTHER } from '@/lib/flow/tuple/tuple'
import { BYTES } from '@/lib/query/columns/columns'
import type { AskKind, KindAsking } from '@/lib/query/findings/question/asking'
import { boundEnds, endTerms, type FindingEnds, isAmong, isOneOf, isPublic, keyOf, socket } from '@/lib/query/findings/question/ends'
import { MOST } from '@/lib/query/findings/question/most'
import { lasting } from '@/lib/query/findings/question/words'
import { where } from '@/lib/query/where/where'
import { sql } from '@/lib/store/sql'

interface Row extends FindingEnds {
  /** Bytes of the observer that saw most, and of all observers together. */
  sent: number
  everySent: number
  tuples: number
  bytes: number
  oldest: number
  newest: number
}

const KEY = sql`src, dst, dport`
const SENT = sql`coalesce(bytes_sent, 0)`

/** Groups with their observers: a flow in two flow logs counts once. */
const OBSERVERS = sql`(select id as observed_group, dense_rank() over (order by log, mac) as observer from groups) as observers`

function leaving() {
  return sql`dir = ${OUT} and action = ${ALLOW} and proto <> ${PROTO_OTHER} and ${isPublic('dst')}`
}

/** Largest sums of the baseline in windows as long as the view. */
interface Usual {
  pair: ReadonlyMap<string, number>
  total: ReadonlyMap<bigint, number>
  /** Bytes that the sources send out in the view. */
  now: ReadonlyMap<bigint, number>
}

async function usual({ store, view, baseline, scope, signal }: KindAsking<'exfiltration'>, found: readonly Row[]): Promise<Usual> {
  const length = view.to - view.from
  const sources = [...new Set(found.map(({ src }) => src))]
  const before = sql`${where(baseline, scope)} and ${leaving()}`
  const window = sql`${baseline.to - 1} - time as age`
  const [pairs, totals, now] = await Promise.all([
    store.query<FindingEnds & { most: number }>(
      sql`select ${KEY}, max(sent) as most from (
          select ${KEY}, age - age % ${length} as slot, sum(amount) as sent
          from (select ${KEY}, ${window}, ${SENT} as amount from tuples where ${before} and ${isAmong(boundEnds(found))}) as rows_before group by ${KEY}, slot
        ) as slots group by ${KEY}`,
      signal,
    ),
    store.query<{ src: bigint; most: number }>(
      sql`select src, max(sent) as most from (
          select src, age - age % ${length} as slot, sum(amount) as sent
          from (select src, ${window}, ${SENT} as amount from tuples where ${before} and ${isOneOf('src', sources)}) as rows_before group by src, slot
        ) as slots group by src`,
      signal,
    ),
    store.query<{ src: bigint; most: number }>(
      sql`select src, sum(${SENT}) as most from tuples where ${where(view, scope)} and ${leaving()} and ${isOneOf('src', sources)} group by src`,
      signal,
    ),
  ])
  return {
    pair: new Map(pairs.map((row) => [keyOf(row), row.most])),
    total: new Map(totals.map(({ src, most }) => [src, most])),
    now: new Map(now.map(({ src, most }) => [src, most])),
  }
}

/** A large amount that an internal address sent to one public address and port. */
export const exfiltration: AskKind<'exfiltration'> = async (asking) => {
  const { store, view, baseline, scope, thresholds, cover, signal } = asking
  const out = sql`${where(view, scope)} and ${leaving()}`
  /** Few destinations receive so much from everybody together, and one column is grouped in a fraction of the time of four. */
  const large = sql`dst in (select dst from tuples where ${out} group by dst having sum(${SENT}) >= ${thresholds.bytes})`
  const rows = await store.query<Row>(
    sql`select ${KEY}, max(sent) as sent, sum(sent) as "everySent", sum(tuples) as tuples, sum(bytes) as bytes, min(oldest) as oldest, max(newest) as newest
      from (
        select ${KEY}, observer, sum(sent) as sent, sum(tuples) as tuples, sum(bytes) as bytes, min(oldest) as oldest, max(newest) as newest from (
          select ${KEY}, grp, sum(${SENT}) as sent, count(*) as tuples, sum(${BYTES}) as bytes, min(time) as oldest, max(time) as newest
          from tuples where ${out} and ${large} group by ${KEY}, grp
        ) as by_group join ${OBSERVERS} on observed_group = grp group by ${KEY}, observer
      ) as by_observer group by ${KEY} having max(sent) >= ${thresholds.bytes} order by ${KEY} limit ${MOST + 1}`,
    signal,
  )
  if (rows.length === 0) return []
  const known = await usual(asking, rows)
  const length = view.to - view.from
  // A baseline shorter than the view contains less than a window of the view's length would.
  const scale = Math.max(1, length / (baseline.to - baseline.from))
  return rows.flatMap((row) => {
    const { src, dst, dport, sent, everySent } = row
    const pair = (known.pair.get(keyOf(row)) ?? 0) * scale
    const total = (known.total.get(src) ?? 0) * scale
    if (everySent * 100 <= pair * thresholds.pair || known.now.get(src)! * 100 <= total * thresholds.total) return []
    const before =
      cover.share === 0
        ? 'nothing of the baseline has been read, so it may be usual'
        : `the most before in ${lasting(length)} was ${formatBytes(pair)} to there and ${formatBytes(total)} to everybody${
            cover.share > 0.995 ? '' : `, as far as logs of ${Math.max(1, Math.round(cover.share * 100))} % of the baseline have been read`
          }`
    return [
      {
        key: [formatAddress(src), formatAddress(dst), dport],
        src: formatAddress(src),
        dst: formatAddress(dst),
        dport,
        first: row.oldest,
        last: row.newest,
        tuples: row.tuples,
        bytes: row.bytes,
        terms: `${endTerms(row)} dir:out action:allow proto:0..255`,
        figures: { address: formatAddress(src), sent, pairBefore: pair, totalBefore: total, totalNow: known.now.get(src)! },
        sentence: `${formatAddress(src)} sent ${formatBytes(sent)} to ${socket(dst, dport)}; ${before}`,
        weight: {
          large: 0.2 + 0.8 * scaled(sent, thresholds.bytes, thresholds.bytes * 10),
          rare: (1 - pair / everySent) * unseen(cover.share),
          sure: unseen(cover.share),
        },
      },
    ]
  })
}
