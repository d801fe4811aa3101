import { formatAddress } from '@/lib/flow/address/address'
import { scaled, unseen } from '@/lib/flow/finding/level'
import { GUARDED_PORTS } from '@/lib/flow/finding/ports'
import { DAY } from '@/lib/flow/time/bucket'
import { ALLOW, IN } from '@/lib/flow/tuple/tuple'
import { BYTES } from '@/lib/query/columns/columns'
import type { AskKind } from '@/lib/query/findings/question/asking'
import { isAmong, isPublic, socket } from '@/lib/query/findings/question/ends'
import { MOST } from '@/lib/query/findings/question/most'
import { notBefore, plural } from '@/lib/query/findings/question/words'
import { where } from '@/lib/query/where/where'
import { sql } from '@/lib/store/sql'

interface Row {
  dst: bigint
  dport: number
  sources: number
  tuples: number
  bytes: number
  oldest: number
  newest: number
}

const TCP = 6

/** Ports of administration and databases that were reached from the internet. */
export const exposed: AskKind<'exposed'> = async ({ store, view, baseline, scope, thresholds, cover, signal }) => {
  const reached = sql`dir = ${IN} and action = ${ALLOW} and proto = ${TCP} and dport in ${GUARDED_PORTS} and ${isPublic('src')}`
  const rows = await store.query<Row>(
    sql`select dst, dport, count(distinct src) as sources, count(*) as tuples, coalesce(sum(${BYTES}), 0) as bytes, min(time) as oldest, max(time) as newest
      from tuples where ${where(view, scope)} and ${reached} group by dst, dport
      having count(distinct src) >= ${thresholds.sources} order by dst, dport limit ${MOST + 1}`,
    signal,
  )
  if (rows.length === 0) return []
  const found = { dst: rows.map(({ dst }) => dst), dport: rows.map(({ dport }) => dport) }
  const known = await store.query<{ dst: bigint; dport: number; days: number }>(
    sql`select dst, dport, count(distinct age - age % ${DAY}) as days from (
        select dst, dport, ${baseline.to - 1} - time as age from tuples
        where ${where(baseline, scope)} and ${reached} and ${isAmong(found)}
      ) as seen group by dst, dport`,
    signal,
  )
  const daysOf = new Map(known.map(({ dst, dport, days }) => [`${dst} ${dport}`, days]))
  return rows.map((row) => {
    const { dst, dport, sources } = row
    const days = daysOf.get(`${dst} ${dport}`) ?? 0
    return {
      key: [formatAddress(dst), dport],
      src: null,
      dst: formatAddress(dst),
      dport,
      first: row.oldest,
      last: row.newest,
      tuples: row.tuples,
      bytes: row.bytes,
      terms: `dst:${formatAddress(dst)} dport:${dport} proto:tcp dir:in action:allow src.net:public`,
      figures: { address: formatAddress(dst), sources, days },
      sentence: `${socket(dst, dport)} was reached by ${plural(sources, 'public address', 'public addresses')}; ${
        days > 0 ? `so it was on ${plural(days, 'day')} of the baseline` : notBefore(cover.share)
      }`,
      weight: { large: 0.1 + 0.9 * scaled(sources, 1, 30), rare: days > 0 ? 0 : unseen(cover.share), sure: unseen(cover.share) },
    }
  })
}
