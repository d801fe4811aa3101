import { MINUTE } from '@/lib/flow/bucket'
import { DENY, IN, PROTO_OTHER, STATE_BEGIN, STATE_CONTINUE, STATE_DENY, STATE_NONE, STATE_OTHER } from '@/lib/flow/tuple'
import { Shared, type Sql, sql } from '@/lib/store/sql'

/** How far the rows of two observers about the same event may lie apart. Their clocks and whole seconds differ, and so do idle timeouts. Milliseconds. */
const APART = MINUTE

/** Continue rows come every five minutes, on a grid that each observer has for itself. Milliseconds. */
const CONTINUES_APART = 5 * MINUTE

/** Larger than the number of groups. */
const NICS = 2 ** 32

/** What a row says: denied rows are `begin` in NSG logs and `deny` in VNet ones, and what v1 writes is the begin of a flow. */
const EVENT = sql`case when action = ${DENY} then ${STATE_DENY} when state = ${STATE_NONE} then ${STATE_BEGIN} else state end`

/** Groups with the place of their log, NIC and ACL in the order of observers, which is one of texts and so the same in every store. */
const OBSERVERS = sql`(
  select id as observer_group, case when format = 'vnet-v4' then 0 else 2 end as family,
    dense_rank() over (order by log, mac, lower(acl)) as place
  from groups
) as observers`

/** One window takes one tolerance, so the time of continue rows runs slower in it. */
const PACE = CONTINUES_APART / APART
const SPREAD = sql`case when state = ${STATE_CONTINUE} and action <> ${DENY} then time else time * ${PACE} end`

/** What rows about the same event have in common. */
const EVENTS = sql`src, dst, sport, dport, proto, event`

/** Ends and ports that rows of different groups or directions have: grouping is cheaper than a window over everything. */
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
 * The repeats among the rows of a condition over `tuples`, as a subselect with `blob`, `pos` and what MEASURES need. Azure logs a flow between two
 * machines at both NICs, and a VNet flow log beside an NSG's logs all of it again
 * (https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview).
 *
 * A row is a repeat when among these rows is one of a preferred observer that tells the same event: same source, destination, ports, protocol, action
 * and state (see EVENT), at most APART away, or CONTINUES_APART for continue rows. An observer is a log, a NIC, an ACL and a direction;
 * preferred are VNet before NSG logs, in before out, then by log id, MAC and ACL. So the most preferred observer of an event keeps all of its rows,
 * however often the ports are used again, and no chain of repeats takes away everything. A row that only the less preferred observer has within that
 * time of a preferred one's cannot be told from a repeat. Rows whose protocol or state is a token that Azure does not document never are repeats.
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

/** Rows that are no repeats among these rows, as a condition over `tuples` that is never null. */
export function unrepeated(rows: Sql): Sql {
  return sql`(blob, pos) not in ${new Shared(sql`select blob, pos from ${repeats(rows)}`)}`
}
