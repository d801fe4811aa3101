import type { ContextCell } from '@/lib/flow/answer/tuples/context-row'
import type { ToldRow } from '@/lib/flow/answer/tuples/tuples'
import type { ColumnField } from '@/lib/flow/field/fields'

/** The rows in order of time. */
function inTime(rows: Iterable<ToldRow>): ToldRow[] {
  return [...rows].sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || (a.id < b.id ? -1 : 1))
}

/** Rows with these columns as CSV with a head, the same as an export of them. */
export async function rowsAsCsv(rows: Iterable<ToldRow>, columns: readonly ColumnField[]): Promise<string> {
  const { encodeCsv } = await import('@/lib/flow/text/csv')
  const cell = (value: ContextCell | undefined) => (Array.isArray(value) ? value.join('; ') : (value ?? null))
  const flat = inTime(rows).map(
    (row) => Object.fromEntries(columns.map((column) => [column, cell(row[column])])) as Record<ColumnField, string | number | null>,
  )
  return encodeCsv(columns, flat, true)
}

/** Rows with these columns as a JSON array, values as the API has them. */
export function rowsAsJson(rows: Iterable<ToldRow>, columns: readonly ColumnField[]): string {
  return JSON.stringify(
    inTime(rows).map((row) => Object.fromEntries(columns.map((column) => [column, row[column]]))),
    null,
    2,
  )
}
