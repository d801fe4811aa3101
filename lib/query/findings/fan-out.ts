import { formatAddress } from '@/lib/flow/address/address'
import { MINUTE } from '@/lib/flow/bucket'
import { unseen } from '@/lib/flow/finding/level'
import { ADMIN_PORTS } from '@/lib/flow/finding/ports'
import type { View } from '@/lib/flow/view'
import { BYTES } from '@/lib/query/columns/columns'
import { where } from '@/lib/query/where/where'
import { NEW_FLOW } from '@/lib/store/new-flow'
import { type Sql, sql } from '@/lib/store/sql'
import type { Ask, Asking } from './asking'
import { insideTerm, isInside } from './ends'
import { MOST } from './most'
import { lasting, notBefore } from './words'

const TCP = 6
/** Destinations that are named. */
const NAMED = 50

function administering(): Sql {
  return sql`proto = ${TCP} and dport in ${ADMIN_PORTS} and ${isInside('src')} and ${isInside('dst')}`
}

/** Different destinations of each source in each window; windows begin every half of their length. */
function windowsSql({ scope, thresholds: { minutes } }: Asking<'fan-out'>, view: View, more: Sql): Sql {
  const length = minutes * MINUTE
  const half = length / 2
  return sql`select src, shifted - shifted % ${length} - shift as opened, count(distinct dst) as hosts from (
      select src, dst, shift, time + shift as shifted
      from tuples cross join (select 0 as shift union all select ${half} as shift) as shifts
      where ${where(view, scope)} and ${administering()} and ${NEW_FLOW} and ${more}
    ) as placed group by src, shift, shifted - shifted % ${length}`
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

/** One inside address that reaches for many on ports of administration. */
export const fanOut: Ask<'fan-out'> = async (asking) => {
  const { store, view, baseline, scope, thresholds, cover, signal } = asking
  const length = thresholds.minutes * MINUTE
  const windows = await store.query<Window>(
    sql`select src, opened, hosts from (
        select *, row_number() over (partition by src order by hosts desc, opened) as place from (${windowsSql(asking, view, sql`1 = 1`)}) as windows
      ) as ranked where place = 1 and hosts >= ${thresholds.hosts} order by src limit ${MOST + 1}`,
    signal,
  )
  if (windows.length === 0) return []
  const sources = windows.map(({ src }) => src)
  const before = await store.query<{ src: bigint; most: number }>(
    sql`select src, max(hosts) as most from (${windowsSql(asking, baseline, sql`src in ${sources}`)}) as windows group by src`,
    signal,
  )
  const most = new Map(before.map((row) => [row.src, row.most]))
  const more = windows.filter(({ src, hosts }) => hosts > (most.get(src) ?? 0))
  return Promise.all(
    more.map(async ({ src, opened, hosts }) => {
      const range = { from: Math.max(view.from, opened), to: Math.min(view.to, opened + length) }
      const rows = sql`${where({ ...view, ...range }, scope)} and ${administering()} and src = ${src}`
      const [[detail], targets] = await Promise.all([
        store.query<Detail>(
          sql`select count(*) as tuples, coalesce(sum(${BYTES}), 0) as bytes, min(time) as oldest, max(time) as newest from tuples where ${rows}`,
          signal,
        ),
        store.query<{ dst: bigint; dport: number }>(
          sql`select distinct dst, dport from tuples where ${rows} and ${NEW_FLOW} order by dst, dport`,
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
