import { formatAddress } from '@/lib/flow/address/address'
import { addressScope } from '@/lib/flow/address/scope'
import { scaled } from '@/lib/flow/finding/level'
import { GUARDED_PORTS } from '@/lib/flow/finding/ports'
import { ruleName } from '@/lib/flow/tuple/rule-name'
import { ALLOW, DENY, IN, PROTO_OTHER } from '@/lib/flow/tuple/tuple'
import { BYTES, NAMES } from '@/lib/query/columns/columns'
import type { AskKind } from '@/lib/query/findings/question/asking'
import { endTerms, type FindingEnds, protoWord, socket } from '@/lib/query/findings/question/ends'
import { MOST } from '@/lib/query/findings/question/most'
import { lasting, plural } from '@/lib/query/findings/question/words'
import { where } from '@/lib/query/where/where'
import { sql } from '@/lib/store/sql'

interface Row extends FindingEnds {
  proto: number
  denied: number
  knocked: number
  entered: number
  rule: string
  tuples: number
  bytes: number
  oldest: number
  newest: number
}

const KEY = sql`src, dst, dport, proto`
const NEVER = Number.MAX_SAFE_INTEGER

/** Denied inbound, then allowed: same source, destination, port and protocol. */
export const letIn: AskKind<'let-in'> = async ({ store, view, scope, thresholds: { denied }, signal }) => {
  const inbound = sql`${where(view, scope)} and dir = ${IN} and proto <> ${PROTO_OTHER}`
  /** Most ports are only closed or only open to everybody, which takes a fraction of the time to find out. */
  const mixed = sql`(dst, dport) in (select dst, dport from tuples where ${inbound} group by dst, dport having min(action) < max(action))`
  const rows = await store.query<Row>(
    sql`select ${KEY}, denied, knocked, entered, group_rule as rule, tuples, bytes, oldest, newest from (
        select ${KEY}, count(*) filter (where action = ${DENY} and time < entry) as denied, min(time) as knocked, min(entry) as entered,
          max(case when action = ${ALLOW} and place = 1 then grp else 0 end) as head, count(*) as tuples, coalesce(sum(amount), 0) as bytes,
          min(time) as oldest, max(time) as newest
        from (
          select ${KEY}, action, time, grp, ${BYTES} as amount,
            min(case when action = ${ALLOW} then time else ${NEVER} end) over (partition by ${KEY}) as entry,
            row_number() over (partition by ${KEY}, action order by time, blob, pos) as place
          from tuples where ${inbound} and (${KEY}) in (
            select ${KEY} from tuples where ${inbound} and ${mixed} group by ${KEY} having min(action) < max(action)
          )
        ) as courses group by ${KEY}
      ) as keys join ${NAMES} on group_id = head where denied >= ${denied} order by ${KEY} limit ${MOST + 1}`,
    signal,
  )
  return rows.map((row) => {
    const { src, dst, dport, proto, entered, knocked } = row
    const isOutside = addressScope(src) === 'public'
    const isGuarded = GUARDED_PORTS.includes(dport)
    return {
      key: [formatAddress(src), formatAddress(dst), dport, protoWord(proto)],
      src: formatAddress(src),
      dst: formatAddress(dst),
      dport,
      first: row.oldest,
      last: row.newest,
      tuples: row.tuples,
      bytes: row.bytes,
      terms: `${endTerms(row)} proto:${protoWord(proto)} dir:in`,
      figures: { address: formatAddress(dst), denied: row.denied, deniedMs: entered - knocked, entered, rule: row.rule },
      sentence: `${formatAddress(src)} was denied at ${socket(dst, dport)} ${plural(row.denied, 'time')} for ${lasting(entered - knocked)}, then let in by ${ruleName(row.rule)}`,
      weight: { large: (isGuarded ? 0.5 : 0) + scaled(row.denied, 1, 100) / 2, rare: isOutside ? 1 : 0.3, sure: 1 },
    }
  })
}
