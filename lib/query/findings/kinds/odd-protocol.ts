import { formatAddress } from '@/lib/flow/address/address'
import { addressScope } from '@/lib/flow/address/scope'
import { unseen } from '@/lib/flow/finding/level'
import { formatBytes } from '@/lib/flow/text/bytes'
import { ALLOW } from '@/lib/flow/tuple/tuple'
import { BYTES, COLUMNS, NAMED_TUPLES } from '@/lib/query/columns/columns'
import type { AskKind } from '@/lib/query/findings/question/asking'
import { isAmong } from '@/lib/query/findings/question/ends'
import { MOST } from '@/lib/query/findings/question/most'
import { notBefore, plural } from '@/lib/query/findings/question/words'
import { where } from '@/lib/query/where/where'
import { sql } from '@/lib/store/sql'

interface Row {
  src: bigint
  dst: bigint
  protocol: string
  tuples: number
  bytes: number
  oldest: number
  newest: number
}

/** ICMP, TCP, UDP and ICMP of IPv6. */
const USUAL = [1, 6, 17, 58] as const

const NAMES: Readonly<Record<string, string>> = { 4: 'IP in IP', 41: 'IPv6 in IPv4', 47: 'GRE', 50: 'ESP', 51: 'AH', 132: 'SCTP' }

/** Writes a protocol for the filter language: a number, or a token of a log. */
function protoTerm(protocol: string): string {
  return /^\d+$/.test(protocol) && Number(protocol) < 256 ? protocol : `"${protocol.replace(/["\\]/g, '\\$&')}"`
}

/** Allowed traffic of unusual protocols. */
export const oddProtocol: AskKind<'odd-protocol'> = async ({ store, view, baseline, scope, thresholds, cover, signal }) => {
  const odd = sql`action = ${ALLOW} and proto not in (${USUAL[0]}, ${USUAL[1]}, ${USUAL[2]}, ${USUAL[3]})`
  const protocol = sql`lower(${COLUMNS.proto.value})`
  const rows = await store.query<Row>(
    sql`select src, dst, protocol, count(*) as tuples, coalesce(sum(amount), 0) as bytes, min(time) as oldest, max(time) as newest from (
        select src, dst, ${protocol} as protocol, ${BYTES} as amount, time from ${NAMED_TUPLES} where ${where(view, scope)} and ${odd}
      ) as spoken group by src, dst, protocol having count(*) >= ${thresholds.tuples} order by src, dst, protocol limit ${MOST + 1}`,
    signal,
  )
  if (rows.length === 0) return []
  const found = { src: rows.map(({ src }) => src), dst: rows.map(({ dst }) => dst) }
  const known = await store.query<{ src: bigint; dst: bigint; protocol: string }>(
    sql`select distinct src, dst, ${protocol} as protocol from ${NAMED_TUPLES} where ${where(baseline, scope)} and ${odd} and ${isAmong(found)}`,
    signal,
  )
  const spoken = new Set(known.map((row) => `${row.src} ${row.dst} ${row.protocol}`))
  return rows.flatMap((row) => {
    const { src, dst, tuples, bytes } = row
    if (spoken.has(`${src} ${dst} ${row.protocol}`)) return []
    const isOutside = addressScope(src) === 'public' || addressScope(dst) === 'public'
    const name = NAMES[row.protocol]
    return [
      {
        key: [formatAddress(src), formatAddress(dst), row.protocol],
        src: formatAddress(src),
        dst: formatAddress(dst),
        dport: null,
        first: row.oldest,
        last: row.newest,
        tuples,
        bytes,
        terms: `src:${formatAddress(src)} dst:${formatAddress(dst)} proto:${protoTerm(row.protocol)} action:allow`,
        figures: { address: formatAddress(addressScope(src) === 'public' ? dst : src), protocol: row.protocol },
        sentence: `${formatAddress(src)} spoke protocol ${row.protocol}${name === undefined ? '' : ` (${name})`} to ${formatAddress(dst)}: ${plural(
          tuples,
          'tuple',
        )}, ${formatBytes(bytes)}; ${notBefore(cover.share)}`,
        weight: { large: isOutside ? 0.5 : 0.3, rare: unseen(cover.share), sure: unseen(cover.share) },
      },
    ]
  })
}
