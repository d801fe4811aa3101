import type { SortBy } from '@/lib/flow/fields'
import { COLUMNS, type Column } from '@/lib/query/columns/columns'

/** One step of a total order over tuples. */
export interface SortTerm extends Column {
  descending: boolean
}

/** The order that is asked for, made total by time, blob and position, which go the way of the last column asked for. */
export function sortTerms(sort: readonly SortBy[]): SortTerm[] {
  const asked = sort.flatMap(({ field, descending }) =>
    (field === 'id' ? [COLUMNS.blob, COLUMNS.offset] : [COLUMNS[field]]).map((column) => ({ ...column, descending })),
  )
  const descending = sort.at(-1)?.descending ?? true
  const ties = [COLUMNS.time, COLUMNS.blob, COLUMNS.offset].filter((column) => !asked.some(({ value }) => value === column.value))
  return [...asked, ...ties.map((column) => ({ ...column, descending }))]
}

/** As in the link: `-time,src`. */
export function sortText(sort: readonly SortBy[]): string {
  return sort.map(({ field, descending }) => (descending ? `-${field}` : field)).join(',')
}
