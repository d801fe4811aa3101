import type { Novelty, NoveltyField } from '@/lib/flow/field/novelty'
import { COLUMNS } from '@/lib/query/columns/columns'
import { join, SharedRows, Sql, sql } from '@/lib/store/sql'

/** A row's value; its group stands for its rule. */
function valueIn(field: NoveltyField): Sql {
  return field === 'rule' ? sql`grp` : COLUMNS[field].value
}

/** Rows of a condition with every group of the same rule. */
const OF_SAME_RULE = sql`tuples
  join (select id as ruled_group, rule as ruled_name from groups) as ruled on ruled_group = grp
  join (select id as same_group, rule as same_name from groups) as same on same_name = ruled_name`

/** Rows with values that no row of `before` has, as a condition over `tuples` that is never null. */
export function isNovel({ fields }: Novelty, before: Sql): Sql {
  const names = fields.map((field, i) => sql`${field === 'rule' ? sql`same_group` : valueIn(field)} as ${Sql.of([`known${i}`], [])}`)
  const from = fields.includes('rule') ? OF_SAME_RULE : sql`tuples`
  const values = join(fields.map(valueIn), ', ')
  return sql`(${values}) not in ${new SharedRows(sql`select distinct ${join(names, ', ')} from ${from} where ${before}`)}`
}
