import { formatAddress } from '@/lib/flow/address'
import type { HostAnswer } from '@/lib/flow/answers'
import { ALLOW, DENY, IN } from '@/lib/flow/tuple'
import type { View } from '@/lib/flow/view'
import { join, type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { NAMES } from './columns'
import type { End } from './host-ends'
import type { Scope } from './scope'
import { inRange, where } from './where'
import { instant } from './words'

type LetIn = HostAnswer['letIn']['rows'][number]
type Moment = LetIn['denied']

interface Found {
  source: bigint
  /** Its first tuple that was let in, epoch milliseconds. */
  entered: number
  total: number
}

interface First {
  source: bigint
  verdict: number
  moment: number
  tuples: number
  target: bigint
  port: number
  group_rule: string
  group_acl: string
}

const ENDS: Readonly<Record<End, Sql>> = { src: sql`src`, dst: sql`dst` }

function momentOf({ moment, tuples, target, port, group_rule, group_acl }: First): Moment {
  return { tuples, first: instant(moment), rule: group_rule, acl: group_acl, dst: formatAddress(target), dport: port }
}

/** As in scans: denied is what the view says, let in is in the range whatever the filter says, which may well ask for denied tuples alone. */
async function letInAt(
  store: Store,
  view: View,
  { sources, ip, end, limit }: Scope & { ip: bigint; end: End; limit: number },
  signal?: AbortSignal,
): Promise<{ total: number; rows: LetIn[] }> {
  const inbound = sql`dir = ${IN} and ${ENDS[end]} = ${ip}`
  const denied = sql`${where(view, sources)} and action = ${DENY}`
  const passed = sql`${inRange(view, sources)} and action = ${ALLOW}`
  const found = await store.query<Found>(
    sql`select source, entered, count(*) over () as total from (
        select src as source, min(time) as knocked from tuples where ${denied} and ${inbound} group by src
      ) as kept_out join (
        select src as inner_source, min(time) as entered from tuples where ${passed} and ${inbound} group by src
      ) as let_in on inner_source = source
      where entered > knocked order by entered desc, source limit ${limit}`,
    signal,
  )
  if (found.length === 0) return { total: 0, rows: [] }
  const shown = join(
    found.map(({ source }) => sql`${source}`),
    ', ',
  )
  const firsts = await store.query<First>(
    sql`select source, verdict, moment, tuples, target, port, group_rule, group_acl from (
        select src as source, action as verdict, time as moment, dst as target, dport as port, grp,
          count(*) over (partition by src, action) as tuples, row_number() over (partition by src, action order by time, blob, pos) as place
        from tuples where ${inbound} and src in (${shown}) and ((${denied}) or (${passed}))
      ) as ranked join ${NAMES} on group_id = grp where place = 1`,
    signal,
  )
  const first = (source: bigint, verdict: number) => momentOf(firsts.find((row) => row.source === source && row.verdict === verdict)!)
  const rows = found.map(({ source }) => ({
    end,
    source: formatAddress(source),
    denied: first(source, DENY),
    allowed: first(source, ALLOW),
  }))
  return { total: found[0]!.total, rows }
}

/** Who was denied inbound and let in later: the address itself wherever it went, and others at the address; the newest first. */
export async function hostLetIn(
  store: Store,
  view: View,
  options: Scope & { ip: bigint; limit: number },
  signal?: AbortSignal,
): Promise<HostAnswer['letIn']> {
  const [asSource, asTarget] = await Promise.all([
    letInAt(store, view, { ...options, end: 'src' }, signal),
    letInAt(store, view, { ...options, end: 'dst' }, signal),
  ])
  const rows = [...asSource.rows, ...asTarget.rows].sort((a, b) => Date.parse(b.allowed.first) - Date.parse(a.allowed.first))
  return { total: asSource.total + asTarget.total, rows: rows.slice(0, options.limit) }
}
