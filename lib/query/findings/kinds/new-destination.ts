import { formatAddress } from '@/lib/flow/address/address'
import { scaled } from '@/lib/flow/finding/level'
import { formatBytes } from '@/lib/flow/text/bytes'
import { HOUR } from '@/lib/flow/time/bucket'
import { ALLOW, OUT } from '@/lib/flow/tuple/tuple'
import { BYTES } from '@/lib/query/columns/columns'
import type { AskKind } from '@/lib/query/findings/question/asking'
import { endTerms, type FindingEnds, isOneOf, isPublic, socket } from '@/lib/query/findings/question/ends'
import { MOST } from '@/lib/query/findings/question/most'
import { plural } from '@/lib/query/findings/question/words'
import { where } from '@/lib/query/where/where'
import { sql } from '@/lib/store/sql'

interface Row extends FindingEnds {
  tuples: number
  bytes: number
  oldest: number
  newest: number
}

const KEY = sql`src, dst, dport`

/** New destinations of sources that usually call few. */
export const newDestination: AskKind<'new-destination'> = async ({ store, view, baseline, scope, thresholds, cover, signal }) => {
  if (cover.share === 0) return []
  const allowedOut = sql`dir = ${OUT} and action = ${ALLOW}`
  const [now, before] = [
    sql`${where(view, scope)} and ${allowedOut} and ${isPublic('dst')}`,
    sql`${where(baseline, scope)} and ${allowedOut}`,
  ]
  // To ask the baseline about the destinations of the view alone would cost more: each row would be looked up before it is grouped.
  const fresh = sql`dst not in (select distinct dst from tuples where ${before})`
  const found = await store.query<{ src: bigint }>(sql`select distinct src from tuples where ${now} and ${fresh}`, signal)
  if (found.length === 0) return []
  const sources = found.map(({ src }) => src)
  const steady = await store.query<{ src: bigint; usual: number }>(
    sql`select src, count(*) as usual from (
        select src, dst, min(time) as oldest, max(time) as newest from tuples
        where ${before} and ${isPublic('dst')} and ${isOneOf('src', sources)} group by src, dst
      ) as pairs group by src having count(*) <= ${thresholds.usual} and max(newest) - min(oldest) >= ${thresholds.known * HOUR}`,
    signal,
  )
  if (steady.length === 0) return []
  const usualOf = new Map(steady.map(({ src, usual }) => [src, usual]))
  const rows = await store.query<Row>(
    sql`select ${KEY}, count(*) as tuples, coalesce(sum(${BYTES}), 0) as bytes, min(time) as oldest, max(time) as newest
      from tuples where ${now} and ${isOneOf('src', [...usualOf.keys()])} and ${fresh} group by ${KEY} order by ${KEY} limit ${MOST + 1}`,
    signal,
  )
  const news = new Map<bigint, number>()
  for (const { src } of rows) news.set(src, (news.get(src) ?? 0) + 1)
  const callers = new Map<bigint, Set<bigint>>()
  for (const { src, dst } of rows) callers.set(dst, (callers.get(dst) ?? new Set()).add(src))
  return rows.map((row) => {
    const { src, dst, dport, bytes } = row
    const usual = usualOf.get(src)!
    return {
      key: [formatAddress(src), formatAddress(dst), dport],
      src: formatAddress(src),
      dst: formatAddress(dst),
      dport,
      first: row.oldest,
      last: row.newest,
      tuples: row.tuples,
      bytes,
      terms: `${endTerms(row)} dir:out action:allow`,
      figures: { address: formatAddress(src), usual, news: news.get(src)! },
      sentence: `${formatAddress(src)} called ${socket(dst, dport)}, ${formatBytes(bytes)} in all; it called ${plural(usual, 'public address', 'public addresses')} in the baseline, and nobody here called this one${
        cover.share > 0.995 ? '' : `, as far as logs of ${Math.max(1, Math.round(cover.share * 100))} % of it have been read`
      }`,
      // Somewhere, new software appears every day: that alone is not a high level.
      weight: {
        large: 0.1 + 0.2 * scaled(bytes, 1e6, 1e9),
        rare: 2 / (1 + Math.max(news.get(src)!, callers.get(dst)!.size)),
        sure: cover.share,
      },
    }
  })
}
