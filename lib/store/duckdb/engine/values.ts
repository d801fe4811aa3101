import { BIGINT, DOUBLE, type DuckDBType, type DuckDBValue, HUGEINT, LIST, listValue, UHUGEINT, VARCHAR } from '@duckdb/node-api'
import { Problem } from '@/lib/flow/problem'
import type { SqlValue } from '@/lib/store/sql'

/** Returns the values of a query for binding in DuckDB. */
export function bind(values: readonly SqlValue[]): { values: DuckDBValue[]; types: DuckDBType[] } {
  return {
    values: values.map((value) => {
      if (typeof value === 'object') return listValue(value.map((one) => (typeof one === 'number' ? BigInt(one) : one)))
      return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value
    }),
    types: values.map((value) => {
      if (typeof value === 'object') return LIST(typeOf(value[0] ?? 0))
      return typeOf(value)
    }),
  }
}

function typeOf(value: string | number | bigint): DuckDBType {
  if (typeof value === 'string') return VARCHAR
  if (typeof value === 'bigint') return UHUGEINT
  return Number.isInteger(value) ? BIGINT : DOUBLE
}

/** Quotes a text for SQL. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/**
 * Converts a DuckDB value of this type. Integers become numbers; a sum (HUGEINT) too large for that is rounded.
 * @throws Problem `store` for an integer that a number cannot hold
 */
export function toJs(value: DuckDBValue, type: DuckDBType): unknown {
  if (typeof value !== 'bigint' || type.typeId === UHUGEINT.typeId) return value
  const number = Number(value)
  if (!Number.isSafeInteger(number) && type.typeId !== HUGEINT.typeId)
    throw new Problem('store', `Integer ${value} does not fit: cast or narrow it in the question`)
  return number
}
