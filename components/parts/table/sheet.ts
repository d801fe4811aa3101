export type SheetCell = string | number | boolean | null

/** A table for export: its name, the number of all its rows, and a function that returns the rows that an export may contain. */
export interface Sheet {
  name: string
  total: number
  load: () => Promise<readonly object[]> | readonly object[]
}

function isPlain(value: unknown): value is SheetCell {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

/** Converts one row of an answer: lists are joined, nested properties get names with dots. */
export function flatRow(row: object, before = ''): Record<string, SheetCell> {
  const cells: Record<string, SheetCell> = {}
  for (const [key, value] of Object.entries(row)) {
    if (key === 'spark' || value === undefined) continue
    const name = `${before}${key}`
    if (isPlain(value)) cells[name] = value
    else if (!Array.isArray(value)) Object.assign(cells, flatRow(value as object, `${name}.`))
    else cells[name] = value.map((one) => (isPlain(one) ? String(one) : Object.values(flatRow(one)).join(' '))).join('; ')
  }
  return cells
}

/** Returns the columns that occur in any row, in order of first occurrence. */
export function columnsOf(rows: readonly Readonly<Record<string, SheetCell>>[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
}

export async function toCsv(rows: readonly object[]): Promise<string> {
  const { encodeCsv } = await import('@/lib/flow/text/csv')
  const flat = rows.map((row) => flatRow(row))
  const columns = columnsOf(flat)
  const cell = (value: SheetCell | undefined) => (typeof value === 'boolean' ? String(value) : (value ?? null))
  return encodeCsv(
    columns,
    flat.map((row) => Object.fromEntries(columns.map((column) => [column, cell(row[column])]))),
    true,
  )
}

export function toNdjson(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(flatRow(row))}\n`).join('')
}
