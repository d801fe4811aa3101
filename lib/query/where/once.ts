import { MINUTE } from '@/lib/flow/time/bucket'
import { DENY, IN, PROTO_OTHER, STATE_BEGIN, STATE_CONTINUE, STATE_DENY, STATE_NONE, STATE_OTHER } from '@/lib/flow/tuple/tuple'
import { SharedRows, type Sql, sql } from '@/lib/store/sql'

/** Largest distance between two observers' rows about the same event: clocks, whole seconds and idle timeouts differ. Milliseconds. */
const APART = MINUTE

/** Continue rows come every five minutes, at times that differ between observers. Milliseconds. */
const CONTINUES_APART = 5 * MINUTE

/** Larger than the number of groups. */
const NICS = 2 ** 32

/** The event of a row: denied rows are `begin` in NSG logs and `deny` in VNet logs, and v1 writes only the beginnings of flows. */
const EVENT = sql`case when action = ${DENY} then ${STATE_DENY} when state = ${STATE_NONE} then ${STATE_BEGIN} else state end`

/** Groups with the position of their log, NIC and ACL in the order of observers, which is an order of texts and so the same in every store. */
const OBSERVERS = sql`(
  select id as observer_group, case when format = 'vnet-v4' then 0 else 2 end as family,
    dense_rank() over (order by log, mac, lower(acl)) as place
  from groups
) as observers`

/** A window has one tolerance, so the time of continue rows is scaled down in it. */
const PACE = CONTINUES_APART / APART
const SPREAD = sql`case when state = ${STATE_CONTINUE} and action <> ${DENY} then time else time * ${PACE} end`

/** The columns that rows about the same event share. */
const EVENTS = sql`src, dst, sport, dport, proto, event`

/** Selects ends and ports that have rows of different groups or directions: grouping is cheaper than a window over all rows. */
function sharedEnds(rows: Sql): Sql {
  return sql`select src, dst, sport, dport from tuples where ${rows} group by src, dst, sport, dport having min(grp * 2 + dir) < max(grp * 2 + dir)`
}

function observed(rows: Sql): Sql {
  return sql`select blob, pos, record_pos, src, dst, sport, dport, proto, action, state, bytes_sent, bytes_received, ${EVENT} as event, ${SPREAD} as spread,
      (family + case when dir = ${IN} then 0 else 1 end) * ${NICS} + place as observer
    from tuples join ${OBSERVERS} on observer_group = grp
    where ${rows} and proto <> ${PROTO_OTHER} and state <> ${STATE_OTHER} and (src, dst, sport, dport) in (${sharedEnds(rows)})`
}

/**
 * Selects the repeats among the rows of a condition over `tuples`, with `blob`, `pos` and the columns that MEASURES need. Azure logs a flow between two
 * machines at both NICs, and a VNet flow log repeats everything in an NSG's logs (https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview).
 *
 * A row is a repeat if these rows contain one of a preferred observer about the same event: same source, destination, ports, protocol, action and state (see
 * EVENT), at most APART away, or CONTINUES_APART for continue rows. An observer is a log, a NIC, an ACL and a direction; VNet logs are preferred to NSG logs,
 * inbound to outbound, then by log id, MAC and ACL. So the most preferred observer of an event keeps all of its rows, however often the ports are reused, and a
 * chain of repeats cannot remove everything. A row that only the less preferred observer has, within that time of a row of a preferred one, cannot be
 * distinguished from a repeat. Rows whose protocol or state is an undocumented token are never repeats.
 */
export function repeats(rows: Sql): Sql {
  return sql`(
    select blob, pos, record_pos, action, state, bytes_sent, bytes_received from (
      select *, min(observer) over (
        partition by ${EVENTS} order by spread range between ${CONTINUES_APART} preceding and ${CONTINUES_APART} following
      ) as preferred
      from (${observed(rows)}) as observed
    ) as compared where preferred < observer
  ) as repeats`
}

/** Returns the condition over `tuples`, never null, for rows that are not repeats among these rows. */
export function unrepeated(rows: Sql): Sql {
  return sql`(blob, pos) not in ${new SharedRows(sql`select blob, pos from ${repeats(rows)}`)}`
}
