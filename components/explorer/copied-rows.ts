import type { TupleRow } from '@/lib/flow/answers'
import type { RowField } from '@/lib/flow/fields'

/** The rows in the order of their time, as evidence is read. */
function inTime(rows: Iterable<TupleRow>): TupleRow[] {
  return [...rows].sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || (a.id < b.id ? -1 : 1))
}

/** Rows with these columns as CSV with a head, the same as an export of them. */
export async function rowsAsCsv(rows: Iterable<TupleRow>, columns: readonly RowField[]): Promise<string> {
  const { encodeCsv } = await import('@/lib/flow/csv')
  return encodeCsv(columns, inTime(rows), true)
}

/** Rows with these columns as a JSON array, values as the API has them. */
export function rowsAsJson(rows: Iterable<TupleRow>, columns: readonly RowField[]): string {
  return JSON.stringify(
    inTime(rows).map((row) => Object.fromEntries(columns.map((column) => [column, row[column]]))),
    null,
    2,
  )
}
