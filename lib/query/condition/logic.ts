import { join, type Sql, sql } from '@/lib/store/sql'

const NEVER = sql`1 = 0`
const ALWAYS = sql`1 = 1`

export function either(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? NEVER : sql`(${join(conditions, ' or ')})`
}

export function all(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? ALWAYS : sql`(${join(conditions, ' and ')})`
}
