import { type ColumnDef, rowSortingFeature, tableFeatures } from '@tanstack/react-table'
import type { TupleRow } from '@/lib/flow/answers'
import { fieldOf } from '@/lib/flow/fields'
import type { ColumnLook } from './columns'

export const features = tableFeatures({ rowSortingFeature, columnMeta: {} as { look: ColumnLook } })
export type Features = typeof features

/** The columns of the table for their looks. Figures and times are sorted from the largest at first, texts from A. */
export function tableColumns(looks: readonly ColumnLook[]): ColumnDef<Features, TupleRow>[] {
  return looks.map((look) => {
    const { type } = fieldOf(look.field)
    return {
      id: look.field,
      accessorKey: look.field,
      header: look.label,
      sortDescFirst: type === 'count' || type === 'time',
      meta: { look },
    }
  })
}
