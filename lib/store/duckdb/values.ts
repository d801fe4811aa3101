import {
  BIGINT,
  DOUBLE,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
  HUGEINT,
  LIST,
  listValue,
  UHUGEINT,
  VARCHAR,
} from '@duckdb/node-api'
import { Problem } from '@/lib/flow/problem'
import type { SqlValue } from '@/lib/store/sql'

/** Values of a question as DuckDB binds them. */
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

/** A text as SQL writes it. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** What DuckDB gives for a value of this type, with integers as numbers; a sum (HUGEINT) that is too large for that is rounded. @throws Problem `store` for one that no number holds. */
export function toJs(value: DuckDBValue, type: DuckDBType): unknown {
  if (typeof value !== 'bigint' || type.typeId === UHUGEINT.typeId) return value
  const number = Number(value)
  if (!Number.isSafeInteger(number) && type.typeId !== HUGEINT.typeId)
    throw new Problem('store', `Integer ${value} does not fit: cast or narrow it in the question`)
  return number
}

/** The rows that a statement of ours gives, some at a time. */
export async function* batchesOf<Row>(connection: DuckDBConnection, text: string): AsyncIterable<Row[]> {
  const result = await connection.stream(text)
  const types = result.columnTypes()
  const names = result.columnNames()
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk())
    yield chunk.getRows().map((row) => Object.fromEntries(row.map((value, i) => [names[i], toJs(value, types[i]!)])) as Row)
}

/** Every row that a statement of ours gives. */
export async function rowsOf<Row>(connection: DuckDBConnection, text: string): Promise<Row[]> {
  const rows: Row[] = []
  for await (const some of batchesOf<Row>(connection, text)) for (const row of some) rows.push(row)
  return rows
}
