import { stringify } from 'csv-stringify/sync'

/**
 * Beginnings of text that a spreadsheet would run as a formula: the signs, their full-width forms, and characters that may precede a sign unseen (CWE-1236,
 * ASVS 5.0 1.2.10).
 */
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/

/** Formats rows as CSV (RFC 4180). Text that a spreadsheet would run as a formula gets a leading quote; numbers stay numbers. */
export function encodeCsv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string | number | null>>[],
  header: boolean,
): string {
  return stringify(
    rows.map((row) => columns.map((column) => row[column])),
    {
      header,
      columns: columns.map((key, i) => ({ key: String(i), header: key })),
      cast: { string: (text) => (FORMULA.test(text) ? `'${text}` : text) },
      record_delimiter: '\r\n',
      quoted_match: /[\r\n]/,
    },
  )
}
