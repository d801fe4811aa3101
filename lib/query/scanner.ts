import type { Scanner } from '@/lib/flow/scan'
import { ALLOW, DENY, IN } from '@/lib/flow/tuple'
import { type Sql, sql } from '@/lib/store/sql'
import { ORIGIN, originOf, originSql } from './origin'
import { scanKindSql } from './scan-kind'

const COUNTS = { attempts: sql`count(*)`, targets: sql`count(distinct dst)`, ports: sql`count(distinct dport)` }

/** Tuples whose source belongs where these inbound tuples meet a condition, taken together. */
function ofOrigins({ group }: Scanner, inbound: Sql, having: Sql): Sql {
  if (group === 'ip') return sql`src in (select src from tuples where ${inbound} group by src having ${having})`
  const { block, lone } = originOf(group)
  return sql`(${block}, ${lone}) in (
    select ${ORIGIN} from (select ${originSql(group)}, dst, dport, action from tuples where ${inbound}) as origins group by ${ORIGIN} having ${having}
  )`
}

/**
 * Tuples whose source is such a scanner, as a condition over `tuples` that is never null. What a source is, is told from all of its inbound tuples in
 * the `range`, whatever else the filter says, as the answer to `scans` tells it.
 */
export function fromScanner(scanner: Scanner, range: Sql): Sql {
  const { word, thresholds } = scanner
  if (word === 'kept-out')
    return sql`(${fromScanner({ ...scanner, word: 'any' }, range)} and not ${fromScanner({ ...scanner, word: 'let-in' }, range)})`
  if (word === 'let-in') return ofOrigins(scanner, sql`${range} and dir = ${IN}`, sql`min(action) = ${ALLOW} and max(action) = ${DENY}`)
  return ofOrigins(scanner, sql`${range} and dir = ${IN} and action = ${DENY}`, scanKindSql(word, COUNTS, thresholds))
}
