import type { SortBy } from '@/lib/flow/field/fields'
import { COLUMNS, type Column } from '@/lib/query/columns/columns'

/** One step of a total order over tuples. */
export interface SortTerm extends Column {
  descending: boolean
}

/** Returns the requested order, made total by time, blob and position, which have the direction of the last requested column. */
export function sortTerms(sort: readonly SortBy[]): SortTerm[] {
  const asked = sort.flatMap(({ field, descending }) =>
    (field === 'id' ? [COLUMNS.blob, COLUMNS.offset] : [COLUMNS[field]]).map((column) => ({ ...column, descending })),
  )
  const descending = sort.at(-1)?.descending ?? true
  const ties = [COLUMNS.time, COLUMNS.blob, COLUMNS.offset].filter((column) => !asked.some(({ value }) => value === column.value))
  return [...asked, ...ties.map((column) => ({ ...column, descending }))]
}

/** Writes an order as in the link: `-time,src`. */
export function sortText(sort: readonly { field: string; descending: boolean }[]): string {
  return sort.map(({ field, descending }) => (descending ? `-${field}` : field)).join(',')
}
