import type { ScannerTerm } from '@/lib/flow/field/scan'
import { ALLOW, DENY, IN } from '@/lib/flow/tuple/tuple'
import { BoundRows, join, Pending, SharedRows, type Sql, sql } from '@/lib/store/sql'
import { keyOf } from './key-of'
import { either } from './logic'
import { ORIGIN, originOf, originSql } from './origin'
import { scanKindSql } from './scan-kind'

const COUNTS = { attempts: sql`attempts`, targets: sql`targets`, ports: sql`ports` }

type Group = ScannerTerm['group']

/** The columns that identify the origin of a source, as a value of a row. */
const named = (group: Group): Sql => (group === 'ip' ? sql`src` : ORIGIN)

function valueIn(group: Group): Sql {
  if (group === 'ip') return sql`src`
  const { block, lone } = originOf(group)
  return sql`(${block}, ${lone})`
}

function inbound(group: Group, condition: Sql): Sql {
  return sql`(select ${group === 'ip' ? sql`src` : originSql(group)}, dst, dport, action from tuples where ${condition} and dir = ${IN}) as inbound`
}

/** Selects the denied sources by origin, with their counts; one subselect serves all requested scanners. */
function denied(group: Group, range: Sql): Sql {
  const from = inbound(group, sql`${range} and action = ${DENY}`)
  const counts = sql`count(*) as attempts, count(distinct dst) as targets, count(distinct dport) as ports`
  return sql`${new SharedRows(sql`select ${named(group)}, ${counts} from ${from} group by ${named(group)}`)} as denied`
}

function letIn(group: Group, range: Sql): Sql {
  const from = inbound(group, range)
  return sql`select ${named(group)} from ${from} group by ${named(group)} having min(action) = ${ALLOW} and max(action) = ${DENY}`
}

function kindOf({ word, group, thresholds }: ScannerTerm & { word: Exclude<ScannerTerm['word'], 'let-in'> }, range: Sql): Sql {
  if (word !== 'kept-out') return scanKindSql(word, COUNTS, thresholds)
  const own = group === 'ip' ? sql`src` : sql`(${ORIGIN})`
  return sql`(${scanKindSql('any', COUNTS, thresholds)} and ${own} not in ${new SharedRows(letIn(group, range))})`
}

/** Sources that are kept for the next question; where there are more, each asks for them itself. */
const MOST = 100_000

interface Source {
  src: bigint
  block: number
  lone: bigint
}

function among(group: Group, rows: readonly Source[]): Sql {
  if (rows.length === 0) return either([])
  if (group === 'ip') return sql`src in ${rows.map(({ src }) => src)}`
  const found = new BoundRows({ block: rows.map(({ block }) => Number(block)), lone: rows.map(({ lone }) => BigInt(lone)) })
  return sql`${valueIn(group)} in ${found}`
}

/**
 * Returns the condition over `tuples`, never null, for tuples whose source is any of these scanners, which must all have the same grouping. A source is
 * classified by all of its inbound tuples in the `range`, without the rest of the filter, as in the answer to `scans`.
 */
export function fromScanners(scanners: readonly ScannerTerm[], range: Sql): Sql {
  const { group } = scanners[0]!
  const kinds = scanners.flatMap((one) => (one.word === 'let-in' ? [] : [{ ...one, word: one.word }]))
  const sources = [
    ...(kinds.length === 0
      ? []
      : [sql`select ${named(group)} from ${denied(group, range)} where ${either(kinds.map((one) => kindOf(one, range)))}`]),
    ...(kinds.length === scanners.length ? [] : [letIn(group, range)]),
  ]
  const asked = join(sources, ' union all ')
  const found = new Pending(async (query, kept) => {
    const question = sql`select * from (${asked}) as found limit ${MOST + 1}`
    const rows = await kept.get(`scanners ${keyOf(question)}`, () => query<Source>(question))
    return rows.length > MOST ? sql`${valueIn(group)} in ${new SharedRows(asked)}` : among(group, rows)
  })
  return sql`${found}`
}
