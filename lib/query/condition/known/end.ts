import { Problem } from '@/lib/flow/problem'
import { IN, OUT } from '@/lib/flow/tuple/tuple'
import { type Sql, sql } from '@/lib/store/sql'

export type End = 'src' | 'dst'

/** Maximum number of distinct addresses that one query may look up. */
export const MOST = 1_000_000

/** The direction in which an end is the NIC's own. */
export const OWN: Readonly<Record<End, number>> = { src: OUT, dst: IN }

/** The column with the address at an end. */
export const ADDRESS: Readonly<Record<End, Sql>> = { src: sql`src`, dst: sql`dst` }

/** Throws a `limit` problem if more was found than a query may look up. */
export function refuseMost({ length }: { length: number }): void {
  if (length > MOST)
    throw new Problem(
      'limit',
      `The range has more than ${MOST} different addresses to look up in the context files; expected a narrower range`,
      {
        key: 'from',
      },
    )
}
