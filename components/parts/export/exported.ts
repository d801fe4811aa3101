import type { ColumnField } from '@/lib/flow/field/fields'

/** The rows to export: tuples, with the columns that the table shows, or flows, with their number, null before it is known. */
export type Exported = { shown: readonly ColumnField[]; flows?: never } | { shown?: never; flows: number | null }
