import { MEASURES } from '@/lib/query/columns/measures'
import { SharedRows, type Sql, sql } from '@/lib/store/sql'

/**
 * Selects the copies among the rows of a condition over `tuples`, with `blob`, `record_pos` and the record's `tuples`, `flows` and `bytes`: records that also
 * occur word for word elsewhere among these rows, in another blob, in another source or earlier in the same blob. A file under two names, an hour that was
 * copied twice while it grew, and a record that was written twice all look like this. One record of each set is not a copy: that of the first log by id, which
 * `once.ts` also prefers, then one whose path names its hour, then the first by blob id and byte.
 */
export function copies(rows: Sql): Sql {
  return sql`(
    select blob, record_pos, tuples, flows, bytes from (
      select blob, record_pos, tuples, flows, bytes,
        row_number() over (partition by record_hash order by copied_log, case when copied_hour < 0 then 1 else 0 end, blob, record_pos) as place
      from (
        select record_hash, blob, record_pos, min(hour) as copied_hour, min(grp) as copied_group,
          ${MEASURES.tuples} as tuples, ${MEASURES.flows} as flows, ${MEASURES.bytes} as bytes
        from tuples where ${rows} group by record_hash, blob, record_pos
      ) as places join (select id as group_id, log as copied_log from groups) as named on group_id = copied_group
    ) as placed where place > 1
  ) as copies`
}

/** Returns the condition, never null, for rows of copies among these rows. */
export function copied(rows: Sql): Sql {
  return sql`(blob, record_pos) in ${new SharedRows(sql`select blob, record_pos from ${copies(rows)}`)}`
}
