import { formatAddress } from '@/lib/flow/address/address'
import { HOUR } from '@/lib/flow/bucket'
import { scaled } from '@/lib/flow/finding/level'
import { ALLOW, OUT } from '@/lib/flow/tuple'
import { BYTES } from '@/lib/query/columns/columns'
import { where } from '@/lib/query/where/where'
import { sql } from '@/lib/store/sql'
import type { Ask } from './asking'
import { type Ends, endTerms, isPublic, socket } from './ends'
import { MOST } from './most'
import { bytesText, plural } from './words'

interface Row extends Ends {
  usual: number
  tuples: number
  bytes: number
  oldest: number
  newest: number
}

const KEY = sql`src, dst, dport`

/** Destinations that nobody had called, of sources that call few. */
export const newDestination: Ask<'new-destination'> = async ({ store, view, baseline, scope, thresholds, cover, signal }) => {
  if (cover.share === 0) return []
  const calling = sql`dir = ${OUT} and action = ${ALLOW} and ${isPublic('dst')}`
  const before = sql`select src, dst, min(time) as oldest, max(time) as newest from tuples where ${where(baseline, scope)} and ${calling} group by src, dst`
  const rows = await store.query<Row>(
    sql`select ${KEY}, usual, count(*) as tuples, coalesce(sum(${BYTES}), 0) as bytes, min(time) as oldest, max(time) as newest
      from tuples join (
        select src as steady, count(*) as usual from (${before}) as pairs group by src
        having count(*) <= ${thresholds.usual} and max(newest) - min(oldest) >= ${thresholds.known * HOUR}
      ) as sources on steady = src
      where ${where(view, scope)} and ${calling}
        and dst not in (select dst from tuples where ${where(baseline, scope)} and ${calling})
      group by ${KEY}, usual order by ${KEY} limit ${MOST + 1}`,
    signal,
  )
  const news = new Map<bigint, number>()
  for (const { src } of rows) news.set(src, (news.get(src) ?? 0) + 1)
  const callers = new Map<bigint, Set<bigint>>()
  for (const { src, dst } of rows) callers.set(dst, (callers.get(dst) ?? new Set()).add(src))
  return rows.map((row) => {
    const { src, dst, dport, usual, bytes } = row
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
      sentence: `${formatAddress(src)} called ${socket(dst, dport)}, ${bytesText(bytes)} in all; it called ${plural(usual, 'public address', 'public addresses')} in the baseline, and nobody here called this one${
        cover.share > 0.995 ? '' : `, as far as logs of ${Math.max(1, Math.round(cover.share * 100))} % of it have been read`
      }`,
      // Software is new somewhere every day: that alone is not high.
      weight: {
        large: 0.1 + 0.2 * scaled(bytes, 1e6, 1e9),
        rare: 2 / (1 + Math.max(news.get(src)!, callers.get(dst)!.size)),
        sure: cover.share,
      },
    }
  })
}
