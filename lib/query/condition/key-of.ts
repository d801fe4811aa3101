import { BoundRows, Holding, type Inserted, Pending, type Sql } from '@/lib/store/sql'

/** Returns a query as text, equal for equal queries. */
export function keyOf(of: Sql): string {
  const written = (value: Inserted): string => {
    if (value instanceof BoundRows) return JSON.stringify(Object.values(value.columns).map(String))
    if (value instanceof Pending) return '?'
    if (value instanceof Holding) return `${keyOf(value.text)} ${value.how} ${value.words.join()}`
    if (typeof value === 'object' && 'rows' in value) return keyOf(value.rows)
    return typeof value === 'object' ? `[${value.join()}]` : `${typeof value} ${value}`
  }
  return of.text((value) => `{${written(value)}}`)
}
