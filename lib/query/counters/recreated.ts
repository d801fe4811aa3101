import { PROTO_OTHER, STATE_BEGIN, STATE_CONTINUE, STATE_END } from '@/lib/flow/tuple/tuple'
import { type Sql, sql } from '@/lib/store/sql'

/** Groups of VNet logs, numbered by log and NIC. */
const NICS = sql`(
  select id as nic_group, min(id) over (partition by log, mac) as nic from groups where format = 'vnet-v4'
) as nics`

/** Rows of one 5-tuple in one direction at one NIC of one log, in the order of logging. */
const COURSE = sql`partition by nic, src, dst, sport, dport, proto, dir order by time, record_time, blob, pos`

const IN_VNET = sql`grp in (select id from groups where format = 'vnet-v4')`

/** Selects the ends and ports for which an end and a begin are in the same millisecond: few, so that little must be sorted. */
function rebornEnds(range: Sql): Sql {
  const moments = (state: number) => sql`select src, dst, sport, dport, time from tuples where ${range} and ${IN_VNET} and state = ${state}`
  return sql`select src, dst, sport, dport from (${moments(STATE_END)}) as ends where (src, dst, sport, dport, time) in (${moments(STATE_BEGIN)})`
}

/**
 * Selects end rows of VNet flow logs whose counters the next end row repeats, with their counters, one row each. The platform re-creates established
 * connections: it writes E and B in the same millisecond, and the next E contains the amounts of the first again. Microsoft's documentation does not mention it
 * (https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview defines counters as the amount since the previous row, so that sums are totals);
 * it was found in public samples.
 *
 * Within a sequence, which is one log, NIC, 5-tuple and direction in the order of time, flush, blob and offset:
 * - E is replaced if the next row is a B of the same millisecond, and the next E is not smaller in any of the four counters and larger in one. A B written
 * before the E of its millisecond began that very flow: it re-creates nothing.
 * - Further Bs in between change nothing. A C in between does, because the relation of its counters to either E is unknown: then both Es are kept.
 * - In a chain E B E B E, each E is compared only with the next one; if both steps replace, only the last is kept.
 * - Equal counters are separate retries, and are kept, like Es with an unmeasured counter.
 * - Sequences are read from all of the `range`, without the rest of the view, so that a filter for `state:end` hides no B. An E counts if it and its successor
 * are in the view (`rows`); if one of them is not, because of the filter or at an edge of the range, the sum contains the amount only once.
 */
export function replacedEnds(range: Sql, rows: Sql): Sql {
  return sql`(
    select packets_sent, bytes_sent, packets_received, bytes_received from (
      select *, lead(state, 1, 0) over (${COURSE}) as next_state, lead(counts, 1, 0) over (${COURSE}) as next_counts,
        lead(packets_sent) over (${COURSE}) as next_packets_sent, lead(bytes_sent) over (${COURSE}) as next_bytes_sent,
        lead(packets_received) over (${COURSE}) as next_packets_received, lead(bytes_received) over (${COURSE}) as next_bytes_received
      from (
        select *, case when lead(state, 1, 0) over (${COURSE}) = ${STATE_BEGIN} and lead(time, 1, 0) over (${COURSE}) = time then 1 else 0 end as reborn
        from (
          select nic, src, dst, sport, dport, proto, dir, time, record_time, blob, pos, state, packets_sent, bytes_sent, packets_received, bytes_received,
            case when ${rows} then 1 else 0 end as counts
          from tuples join ${NICS} on nic_group = grp
          where ${range} and proto <> ${PROTO_OTHER} and state in (${STATE_BEGIN}, ${STATE_CONTINUE}, ${STATE_END})
            and (src, dst, sport, dport) in (${rebornEnds(range)})
        ) as courses
      ) as followed where state <> ${STATE_BEGIN}
    ) as measured
    where state = ${STATE_END} and reborn = 1 and next_state = ${STATE_END} and counts = 1 and next_counts = 1
      and next_packets_sent >= packets_sent and next_bytes_sent >= bytes_sent
      and next_packets_received >= packets_received and next_bytes_received >= bytes_received
      and (next_packets_sent > packets_sent or next_bytes_sent > bytes_sent
        or next_packets_received > packets_received or next_bytes_received > bytes_received)
  ) as replaced`
}
