import { formatAddress } from '@/lib/flow/address/address'
import { unseen } from '@/lib/flow/finding/level'
import { ADMIN_PORTS } from '@/lib/flow/finding/ports'
import { MINUTE } from '@/lib/flow/time/bucket'
import type { View } from '@/lib/flow/view/view'
import { BYTES } from '@/lib/query/columns/columns'
import type { AskKind, KindAsking } from '@/lib/query/findings/question/asking'
import { insideTerm, isInside, isOneOf } from '@/lib/query/findings/question/ends'
import { MOST } from '@/lib/query/findings/question/most'
import { narrowed } from '@/lib/query/findings/question/narrowed'
import { lasting, notBefore } from '@/lib/query/findings/question/words'
import { where } from '@/lib/query/where/where'
import { NEW_FLOW } from '@/lib/store/new-flow'
import { type Sql, sql } from '@/lib/store/sql'

const TCP = 6
/** Maximum number of destinations that are named. */
const NAMED = 50

/** Returns the condition for rows of administration from these sources, which are inside addresses. */
function administering(sources: Sql): Sql {
  return sql`proto = ${TCP} and dport in ${ADMIN_PORTS} and ${sources} and ${isInside('dst')}`
}

/** Selects the connections of these sources, each in both windows that it is in: a window begins every half of its length, at `opened`. */
function connectionsSql({ scope, thresholds: { minutes } }: KindAsking<'fan-out'>, view: View, sources: Sql): Sql {
  const length = minutes * MINUTE
  const half = length / 2
  return sql`select src, dst, dport, begun + shift - (begun + shift) % ${length} - shift as opened
    from (
      select src, dst, dport, time - time % ${half} as begun
      from tuples where ${where(view, scope)} and ${administering(sources)} and ${NEW_FLOW}
    ) as halves cross join (select 0 as shift union all select ${half} as shift) as shifts`
}

interface Window {
  src: bigint
  opened: number
  hosts: number
}

interface Detail {
  tuples: number
  bytes: number
  oldest: number
  newest: number
}

/** An internal address that contacts many others on ports of administration: its window with the most of them, of these the one with the most ports. */
export const fanOut: AskKind<'fan-out'> = async (asking) => {
  const { store, view, baseline, scope, thresholds, cover, signal } = asking
  const length = thresholds.minutes * MINUTE
  const windows = await store.query<Window>(
    sql`select src, opened, hosts from (
        select src, opened, count(*) as hosts, row_number() over (partition by src order by count(*) desc, sum(ports) desc, opened) as place from (
          select src, dst, opened, count(distinct dport) as ports from (${connectionsSql(asking, view, isInside('src'))}) as connections group by src, dst, opened
        ) as reached group by src, opened
      ) as ranked where place = 1 and hosts >= ${thresholds.hosts} order by src limit ${MOST + 1}`,
    signal,
  )
  if (windows.length === 0) return []
  const sources = windows.map(({ src }) => src)
  const before = await store.query<{ src: bigint; most: number }>(
    sql`select src, max(hosts) as most from (
        select src, opened, count(distinct dst) as hosts from (${connectionsSql(asking, baseline, isOneOf('src', sources))}) as connections group by src, opened
      ) as windows group by src`,
    signal,
  )
  const most = new Map(before.map((row) => [row.src, row.most]))
  const more = windows.filter(({ src, hosts }) => hosts > (most.get(src) ?? 0))
  return Promise.all(
    more.map(async ({ src, opened, hosts }) => {
      const range = narrowed(view, { from: opened, to: opened + length })
      const rows = sql`${where({ ...view, ...range }, scope)} and ${administering(sql`src = ${src}`)}`
      const [[detail], targets] = await Promise.all([
        store.query<Detail>(
          sql`select count(*) as tuples, coalesce(sum(${BYTES}), 0) as bytes, min(time) as oldest, max(time) as newest from tuples where ${rows}`,
          signal,
        ),
        store.query<{ dst: bigint; dport: number }>(
          sql`select distinct dst, dport from tuples where ${rows} and ${NEW_FLOW} and time >= ${opened} and time < ${opened + length} order by dst, dport`,
          signal,
        ),
      ])
      const { tuples, bytes, oldest, newest } = detail!
      const ports = [...new Set(targets.map(({ dport }) => dport))].sort((a, b) => a - b)
      const usual = most.get(src) ?? 0
      return {
        key: [formatAddress(src)],
        src: formatAddress(src),
        dst: null,
        dport: null,
        first: oldest,
        last: newest,
        tuples,
        bytes,
        terms: `src:${formatAddress(src)} ${insideTerm('src')} ${insideTerm('dst')} proto:tcp dport:${ADMIN_PORTS.join(',')}`,
        range,
        figures: {
          address: formatAddress(src),
          hosts,
          hostsBefore: usual,
          ports,
          targets: [...new Set(targets.map(({ dst }) => formatAddress(dst)))].slice(0, NAMED),
        },
        sentence: `${formatAddress(src)} reached for ${hosts} inside addresses on ${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')} within ${lasting(
          length,
        )}; ${usual > 0 ? `the most before were ${usual}` : notBefore(cover.share)}`,
        weight: { large: (hosts - usual - 1) / 9, rare: (1 - usual / hosts) * unseen(cover.share), sure: unseen(cover.share) },
      }
    }),
  )
}
