import { stringify } from 'csv-stringify/sync'
import type { TupleRow } from './answers'
import type { RowField } from './fields'

/**
 * Rows as CSV (RFC 4180). Text that a spreadsheet would take for a formula gets a leading quote (CWE-1236); numbers stay numbers.
 */
export function encodeCsv(columns: readonly RowField[], rows: readonly TupleRow[], header: boolean): string {
  return stringify(
    rows.map((row) => columns.map((column) => row[column])),
    { header, columns: columns.map((key, i) => ({ key: String(i), header: key })), escape_formulas: true, record_delimiter: '\r\n' },
  )
}
