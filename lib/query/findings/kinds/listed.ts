import { formatAddress } from '@/lib/flow/address/address'
import { unseen } from '@/lib/flow/finding/level'
import { formatBytes } from '@/lib/flow/text/bytes'
import { ALLOW, DIRECTIONS, IN, OUT } from '@/lib/flow/tuple/tuple'
import type { Filter } from '@/lib/flow/view/filter'
import type { View } from '@/lib/flow/view/view'
import { BYTES } from '@/lib/query/columns/columns'
import type { AskKind } from '@/lib/query/findings/question/asking'
import { endTerms, type FindingEnds, isPublic, socket } from '@/lib/query/findings/question/ends'
import { knownDays } from '@/lib/query/findings/question/known-days'
import { MOST } from '@/lib/query/findings/question/most'
import { notBefore, plural } from '@/lib/query/findings/question/words'
import { where } from '@/lib/query/where/where'
import { type Sql, sql } from '@/lib/store/sql'

interface Row extends FindingEnds {
  action: number
  tuples: number
  bytes: number
  oldest: number
  newest: number
}

/** Adds to the view's filter that an end is on a list. */
function andListed(view: View, end: 'src' | 'dst'): View {
  const listed: Filter = { op: 'match', field: `${end}.list`, tests: [{ kind: 'name', parts: ['', ''] }], at: 0, end: 0 }
  return { ...view, filter: view.filter ? { op: 'and', of: [view.filter, listed], at: 0, end: 0 } : listed }
}

/** Traffic with public addresses on lists: outbound, allowed or denied, and inbound allowed. */
export const listed: AskKind<'listed'> = async (asking) => {
  const { store, view, scope, thresholds, cover, signal } = asking
  const { context } = scope
  if (!context.tells('list')) return []
  const ways = [
    { dir: OUT, end: 'dst', condition: sql`dir = ${OUT} and ${isPublic('dst')}` },
    { dir: IN, end: 'src', condition: sql`dir = ${IN} and action = ${ALLOW} and ${isPublic('src')}` },
  ] as const
  const found = await Promise.all(
    ways.map(async ({ dir, end, condition }) => {
      const rows = await store.query<Row>(
        sql`select src, dst, dport, action, count(*) as tuples, coalesce(sum(${BYTES}), 0) as bytes, min(time) as oldest, max(time) as newest
          from tuples where ${where(andListed(view, end), scope)} and ${condition} group by src, dst, dport, action
          having count(*) >= ${thresholds.tuples} order by src, dst, dport, action limit ${MOST + 1}`,
        signal,
      )
      const daysOf = await knownDays(asking, rows, condition as Sql)
      return rows.map((row) => {
        const { src, dst, dport, action, tuples, bytes } = row
        const stranger = end === 'src' ? src : dst
        const lists = [...new Set(context.told('list', stranger, 0).map(({ text }) => text))]
        const days = daysOf(row)
        const isAllowed = action === ALLOW
        const known = `${lists.length > 1 ? 'is on the lists' : 'is on the list'} ${lists.join(', ')}`
        const what =
          dir === OUT
            ? `${formatAddress(src)} ${isAllowed ? 'called' : 'was denied to call'} ${socket(dst, dport)}, which ${known}`
            : `${formatAddress(src)}, which ${known}, was let in to ${socket(dst, dport)}`
        return {
          key: [formatAddress(src), formatAddress(dst), dport, DIRECTIONS[dir]!, action],
          src: formatAddress(src),
          dst: formatAddress(dst),
          dport,
          first: row.oldest,
          last: row.newest,
          tuples,
          bytes,
          terms: `${endTerms(row)} dir:${DIRECTIONS[dir]} action:${isAllowed ? 'allow' : 'deny'} ${end}.list:*`,
          figures: { address: formatAddress(dir === OUT ? src : dst), lists, days, allowed: isAllowed ? 1 : 0 },
          sentence: `${what}: ${plural(tuples, 'tuple')}, ${formatBytes(bytes)}; ${
            days > 0 ? `so it did on ${plural(days, 'day')} of the baseline` : notBefore(cover.share)
          }`,
          weight: { large: dir === IN ? 0.5 : isAllowed ? 1 : 0.25, rare: days > 0 ? 0.25 : unseen(cover.share), sure: 1 },
        }
      })
    }),
  )
  return found.flat()
}
