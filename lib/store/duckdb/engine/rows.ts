import { type DuckDBConnection, ResultReturnType } from '@duckdb/node-api'
import type { Statement } from './statement'
import { toJs } from './values'

type Wait = <T>(work: Promise<T>) => Promise<T>

/** The engine stopped before the last row of a result. */
export class EndedEarly extends Error {
  constructor() {
    super('Result ended before its last row')
  }
}

/**
 * Yields the rows of a statement, some thousand at a time; `wait` waits for each step of the engine. A statement that fails or is interrupted after its first
 * rows ends like a whole one: the engine reports neither, but its result then has no type (duckdb_fetch_chunk and duckdb_result_return_type,
 * https://duckdb.org/docs/stable/clients/c/api).
 * @throws Error of the engine if it fails before the first row; later EndedEarly
 */
export async function* rowsIn<Row>(
  connection: DuckDBConnection,
  { text, values, types }: Statement,
  wait: Wait = (work) => work,
): AsyncIterable<Row[]> {
  const result = await wait(connection.stream(text, values, types))
  const columnTypes = result.columnTypes()
  const names = result.columnNames()
  for (;;) {
    const chunk = await wait(result.fetchChunk())
    if (chunk === null || chunk.rowCount === 0) break
    yield chunk.getRows().map((row) => Object.fromEntries(row.map((value, i) => [names[i], toJs(value, columnTypes[i]!)])) as Row)
  }
  if (result.returnType !== ResultReturnType.QUERY_RESULT) throw new EndedEarly()
}

/**
 * Runs a statement whose result ended early once more, for nothing but the engine's reason: it reads every value and keeps no row.
 * @throws Error of the engine, or EndedEarly if it does not fail again
 */
export async function explainEnd(connection: DuckDBConnection, { text, values, types }: Statement): Promise<never> {
  await connection.run(`select max(hash(every)) from (${text}) as every`, values, types)
  throw new EndedEarly()
}

/** Yields the rows of one of our statements in batches. */
export function batchesOf<Row>(connection: DuckDBConnection, text: string): AsyncIterable<Row[]> {
  return rowsIn<Row>(connection, { text, values: [], types: [] })
}

/** Returns all rows of one of our statements. */
export async function rowsOf<Row>(connection: DuckDBConnection, text: string): Promise<Row[]> {
  const rows: Row[] = []
  for await (const some of batchesOf<Row>(connection, text)) for (const row of some) rows.push(row)
  return rows
}
