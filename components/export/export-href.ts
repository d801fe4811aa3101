import type { ResolvedView } from '@/lib/flow/answers'
import { type ExportFormat, type ExportSchema, ORIGIN_FIELDS, type RowField } from '@/lib/flow/fields'
import { write } from '@/lib/link/params'

/** What the reader chose. */
export interface Choice {
  format: ExportFormat
  schema: ExportSchema
  /** Every column, or those that the table shows and where each row lies. */
  columns: 'all' | 'shown'
  folder: boolean
}

/** The schemas are written as NDJSON only. */
function schemaOf({ format, schema }: Choice): ExportSchema {
  return format === 'ndjson' ? schema : 'tuple'
}

/** Address of the file, for the view as it was answered: fixed times, so that the rows are those that were counted. */
export function exportHref({ from, to, q, logs, asof, once }: ResolvedView, choice: Choice, shown: readonly RowField[]): string {
  const schema = schemaOf(choice)
  const cols = choice.columns === 'shown' && schema === 'tuple' ? [...shown, ...ORIGIN_FIELDS] : []
  const range = { kind: 'fixed', from: Date.parse(from), to: Date.parse(to) } as const
  const asked = { range, q, filter: null, logs, asof: asof === null ? null : Date.parse(asof), once }
  return `/api/export?${write('export', { asked, options: { format: choice.format, schema, cols, folder: choice.folder } })}`
}

export function exportName({ from }: ResolvedView, { format, folder }: Choice): string {
  return `flowlens-${from.slice(0, 19).replaceAll(':', '')}.${folder ? 'tar' : format}`
}
