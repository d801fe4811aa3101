import { ALLOW, DENY } from '@/lib/flow/tuple/tuple'
import { NEW_FLOW } from '@/lib/store/new-flow'
import { type Sql, sql } from '@/lib/store/sql'
import { BYTES, PACKETS } from './columns'

/** The measures over any set of tuples, one SQL expression each. */
export const MEASURES = {
  tuples: sql`count(*)`,
  flows: sql`count(*) filter (where ${NEW_FLOW})`,
  allow: sql`count(*) filter (where action = ${ALLOW})`,
  deny: sql`count(*) filter (where action = ${DENY})`,
  /** Both directions. Counters contain the amount since the flow's previous row, so that sums are totals. Unmeasured counts as 0. */
  bytes: sql`coalesce(sum(${BYTES}), 0)`,
  denyBytes: sql`coalesce(sum(${BYTES}) filter (where action = ${DENY}), 0)`,
  packets: sql`coalesce(sum(${PACKETS}), 0)`,
  /** Sent means from source to destination of the tuple, whichever of them the NIC is. */
  bytesSent: sql`coalesce(sum(coalesce(bytes_sent, 0)), 0)`,
  bytesReceived: sql`coalesce(sum(coalesce(bytes_received, 0)), 0)`,
} as const satisfies Record<string, Sql>
