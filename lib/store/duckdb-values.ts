import {
  BIGINT,
  DOUBLE,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  UHUGEINT,
  VARCHAR,
} from '@duckdb/node-api'
import { Problem } from '@/lib/flow/problem'
import type { SqlValue } from './sql'

/** Values of a question as DuckDB binds them. */
export function bind(values: readonly SqlValue[]): { values: DuckDBValue[]; types: DuckDBType[] } {
  return {
    values: values.map((value) => {
      if (typeof value === 'object') return listValue(value.map(BigInt))
      return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value
    }),
    types: values.map((value) => {
      if (typeof value === 'object') return LIST(BIGINT)
      if (typeof value === 'string') return VARCHAR
      if (typeof value === 'bigint') return UHUGEINT
      return Number.isInteger(value) ? BIGINT : DOUBLE
    }),
  }
}

/** A text as SQL writes it. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** What DuckDB gives for a value of this type, with integers as numbers. @throws Problem `store` for one that no number holds. */
export function toJs(value: DuckDBValue, type: DuckDBType): unknown {
  if (typeof value !== 'bigint' || type.typeId === UHUGEINT.typeId) return value
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new Problem('store', `Integer ${value} does not fit: cast or narrow it in the question`)
  return number
}

/** Every row that a statement of ours gives. */
export async function rowsOf<Row>(connection: DuckDBConnection, text: string): Promise<Row[]> {
  const result = await connection.run(text)
  const types = result.columnTypes()
  const names = result.columnNames()
  return (await result.getRows()).map((row) => Object.fromEntries(row.map((value, i) => [names[i], toJs(value, types[i]!)])) as Row)
}
