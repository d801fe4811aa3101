import { ALLOW, DENY } from '@/lib/flow/tuple'
import { NEW_FLOW } from '@/lib/store/new-flow'
import { type Sql, sql } from '@/lib/store/sql'
import { BYTES, PACKETS } from './columns'

/** What is counted, as one line of SQL each, over any set of tuples. */
export const MEASURES = {
  tuples: sql`count(*)`,
  flows: sql`count(*) filter (where ${NEW_FLOW})`,
  allow: sql`count(*) filter (where action = ${ALLOW})`,
  deny: sql`count(*) filter (where action = ${DENY})`,
  /** Both directions; counters are what was new since the flow's row before, so that sums are totals. Unmeasured counts as 0. */
  bytes: sql`coalesce(sum(${BYTES}), 0)`,
  denyBytes: sql`coalesce(sum(${BYTES}) filter (where action = ${DENY}), 0)`,
  packets: sql`coalesce(sum(${PACKETS}), 0)`,
  /** From source to destination of the tuple, whichever of them the NIC is. */
  bytesSent: sql`coalesce(sum(coalesce(bytes_sent, 0)), 0)`,
  bytesReceived: sql`coalesce(sum(coalesce(bytes_received, 0)), 0)`,
} as const satisfies Record<string, Sql>
