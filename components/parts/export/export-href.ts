import type { ResolvedView } from '@/lib/flow/answer/answer'
import { type ColumnField, type ExportFormat, type ExportSchema, isRowField, ORIGIN_FIELDS } from '@/lib/flow/fields'
import { write } from '@/lib/link/params'
import { VIEWS } from '@/lib/link/views'

/** The reader's choices. */
export interface Choice {
  format: ExportFormat
  schema: ExportSchema
  /** Every column, or those of the table and the storage location of each row. */
  columns: 'all' | 'shown'
  folder: boolean
  /** With what the context files tell of each row. */
  context?: boolean
}

/** Only NDJSON has schemas. */
function schemaOf({ format, schema }: Choice): ExportSchema {
  return format === 'ndjson' ? schema : 'tuple'
}

/** Address of the file, for the view as it was answered: fixed times, so that the rows are those that were counted. */
export function exportHref({ from, to, q, logs, asof, once }: ResolvedView, choice: Choice, shown: readonly ColumnField[]): string {
  const schema = schemaOf(choice)
  const cols = choice.columns === 'shown' && schema === 'tuple' ? [...shown, ...ORIGIN_FIELDS] : []
  const context = choice.context === true || cols.some((field) => !isRowField(field) && field.includes('.'))
  const range = { kind: 'fixed', from: Date.parse(from), to: Date.parse(to) } as const
  const asked = { range, q, filter: null, logs, asof: asof === null ? null : Date.parse(asof), once }
  return `/api/export?${write(VIEWS.export.route.keys, { asked, options: { format: choice.format, schema, cols, context, folder: choice.folder } })}`
}

export function exportName({ from }: ResolvedView, { format, folder }: Choice): string {
  return `flowlens-${from.slice(0, 19).replaceAll(':', '')}.${folder ? 'tar' : format}`
}
