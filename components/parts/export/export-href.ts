import type { ResolvedView } from '@/lib/flow/answer/answer'
import type { ExportEnvelope, ExportFormat, ExportSchema } from '@/lib/flow/field/export'
import { type ColumnField, isRowField, ORIGIN_FIELDS } from '@/lib/flow/field/fields'
import { write } from '@/lib/link/params'
import { VIEWS } from '@/lib/link/views'

/** Schemas, and the one whose rows come as events of Splunk's HTTP Event Collector. */
export type SchemaChoice = ExportSchema | 'hec'

/** The reader's choices. */
export interface ExportChoice {
  per: 'tuple' | 'flow'
  format: ExportFormat
  schema: SchemaChoice
  /** Every column, or those of the table and the storage location of each row. */
  columns: 'all' | 'shown'
  folder: boolean
  /** True to add context from the context files to each row. */
  context?: boolean
}

/** Only NDJSON has schemas. */
function schemaOf({ format, schema }: ExportChoice): { schema: ExportSchema; envelope: ExportEnvelope } {
  if (format !== 'ndjson') return { schema: 'tuple', envelope: 'none' }
  return schema === 'hec' ? { schema: 'cim', envelope: 'hec' } : { schema, envelope: 'none' }
}

/** Returns the address of the file, for the view as it was answered: fixed times, so that the rows are those that were counted. */
export function exportHref({ from, to, q, logs, asof, once }: ResolvedView, choice: ExportChoice, shown: readonly ColumnField[]): string {
  const { schema, envelope } = schemaOf(choice)
  const { per } = choice
  const cols = choice.columns === 'shown' && schema === 'tuple' ? [...shown, ...ORIGIN_FIELDS] : []
  const context = choice.context === true || cols.some((field) => !isRowField(field) && field.includes('.'))
  const range = { kind: 'fixed', from: Date.parse(from), to: Date.parse(to) } as const
  const asked = { range, q, filter: null, logs, asof: asof === null ? null : Date.parse(asof), once }
  const options = { per, format: choice.format, schema, envelope, cols, context, folder: choice.folder }
  return `/api/export?${write(VIEWS.export.route.keys, { asked, options })}`
}

export function exportName({ from }: ResolvedView, { per, format, folder }: ExportChoice): string {
  return `flowlens-${per === 'flow' ? 'flows-' : ''}${from.slice(0, 19).replaceAll(':', '')}.${folder ? 'tar' : format}`
}
