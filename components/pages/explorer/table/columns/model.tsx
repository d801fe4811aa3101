import {
  type Cell,
  type Column,
  type ColumnDef,
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  type Header,
  type ReactTable,
  type Row,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'
import { FieldValue } from '@/components/pages/explorer/value/field-value'
import type { ToldRow } from '@/lib/flow/answer/tuples/tuples'
import { COLUMN_FIELDS, type ColumnField, fieldOf, isRowField } from '@/lib/flow/fields'
import { COLUMN_WIDTH } from '@/lib/link/keys/widths'

export const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  /** Names of flow logs by id. */
  tableMeta: {} as { names: ReadonlyMap<string, string> },
})
type Features = typeof features
export type TupleModel = ReactTable<Features, ToldRow>
export type ModelCell = Cell<Features, ToldRow, unknown>
export type ModelColumn = Column<Features, ToldRow>
export type ModelHeader = Header<Features, ToldRow>
export type ModelRow = Row<Features, ToldRow>

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
    cell: ({ row, table }) => <FieldValue tuple={row.original} field={field} names={table.options.meta!.names} tabIndex={-1} />,
  }
})

/** The visible columns, from the left. */
export function fieldsInSight(table: TupleModel): ColumnField[] {
  return table.getVisibleLeafColumns().map(({ id }) => id as ColumnField)
}
