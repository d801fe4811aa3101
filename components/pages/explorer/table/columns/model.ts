import {
  type Column,
  type ColumnDef,
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  type Header,
  type ReactTable,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'
import type { ToldRow } from '@/lib/flow/answer/tuples/tuples'
import { COLUMN_FIELDS, type ColumnField, fieldOf, isRowField } from '@/lib/flow/field/fields'
import { COLUMN_WIDTH } from '@/lib/link/keys/widths'

export const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  rowSortingFeature,
})
type Features = typeof features
export type TupleModel = ReactTable<Features, ToldRow>
export type ModelColumn = Column<Features, ToldRow>
export type ModelHeader = Header<Features, ToldRow>

/** All columns of a tuple, from the catalogue. Figures and times are first sorted from the largest, texts from A. */
export const COLUMNS: ColumnDef<Features, ToldRow>[] = COLUMN_FIELDS.map((field) => {
  const { label, type } = fieldOf(field)
  return {
    id: field,
    accessorFn: (row) => row[field],
    enableSorting: isRowField(field),
    header: label,
    sortDescFirst: type === 'count' || type === 'time',
    minSize: COLUMN_WIDTH.least,
    maxSize: COLUMN_WIDTH.most,
  }
})

/** The visible columns, from the left. */
export function fieldsInSight(table: TupleModel): ColumnField[] {
  return table.getVisibleLeafColumns().map(({ id }) => id as ColumnField)
}
