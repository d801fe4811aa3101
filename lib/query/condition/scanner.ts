import type { Scanner } from '@/lib/flow/scan'
import { ALLOW, DENY, IN } from '@/lib/flow/tuple'
import { join, Shared, type Sql, sql } from '@/lib/store/sql'
import { either } from './logic'
import { ORIGIN, originOf, originSql } from './origin'
import { scanKindSql } from './scan-kind'

const COUNTS = { attempts: sql`attempts`, targets: sql`targets`, ports: sql`ports` }

type Group = Scanner['group']

/** What tells where a source belongs, as columns and as a value of a row. */
const named = (group: Group): Sql => (group === 'ip' ? sql`src` : ORIGIN)

function valueIn(group: Group): Sql {
  if (group === 'ip') return sql`src`
  const { block, lone } = originOf(group)
  return sql`(${block}, ${lone})`
}

function inbound(group: Group, condition: Sql): Sql {
  return sql`(select ${group === 'ip' ? sql`src` : originSql(group)}, dst, dport, action from tuples where ${condition} and dir = ${IN}) as inbound`
}

/** Sources that were denied inbound, taken together, with what they did: whichever scanners are asked for, it is counted once. */
function denied(group: Group, range: Sql): Sql {
  const from = inbound(group, sql`${range} and action = ${DENY}`)
  const counts = sql`count(*) as attempts, count(distinct dst) as targets, count(distinct dport) as ports`
  return sql`${new Shared(sql`select ${named(group)}, ${counts} from ${from} group by ${named(group)}`)} as denied`
}

function letIn(group: Group, range: Sql): Sql {
  const from = inbound(group, range)
  return sql`select ${named(group)} from ${from} group by ${named(group)} having min(action) = ${ALLOW} and max(action) = ${DENY}`
}

function kindOf({ word, group, thresholds }: Scanner & { word: Exclude<Scanner['word'], 'let-in'> }, range: Sql): Sql {
  if (word !== 'kept-out') return scanKindSql(word, COUNTS, thresholds)
  const own = group === 'ip' ? sql`src` : sql`(${ORIGIN})`
  return sql`(${scanKindSql('any', COUNTS, thresholds)} and ${own} not in ${new Shared(letIn(group, range))})`
}

/**
 * Tuples whose source is any of these scanners, all of which take sources together in the same way, as a condition over `tuples` that is never null. What
 * a source is, is told from all of its inbound tuples in the `range`, whatever else the filter says, as the answer to `scans` tells it.
 */
export function fromScanners(scanners: readonly Scanner[], range: Sql): Sql {
  const { group } = scanners[0]!
  const kinds = scanners.flatMap((one) => (one.word === 'let-in' ? [] : [{ ...one, word: one.word }]))
  const sources = [
    ...(kinds.length === 0
      ? []
      : [sql`select ${named(group)} from ${denied(group, range)} where ${either(kinds.map((one) => kindOf(one, range)))}`]),
    ...(kinds.length === scanners.length ? [] : [letIn(group, range)]),
  ]
  return sql`${valueIn(group)} in ${new Shared(join(sources, ' union all '))}`
}
