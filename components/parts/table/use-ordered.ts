'use client'

import { useState } from 'react'
import type { Order } from '@/lib/flow/field/order'
import type { Sorting } from './sort-head'

export type SortValue = string | number

/** Numbers in texts count as numbers, as in addresses and names of hosts. */
const TEXTS = new Intl.Collator('en', { numeric: true })

function compare(a: SortValue, b: SortValue): number {
  if (typeof a === 'string' && typeof b === 'string') return TEXTS.compare(a, b)
  return a < b ? -1 : a > b ? 1 : 0
}

/** Returns the rows in the order of a column, with equal ones in their given order; without an order, all in their given order. */
export function useOrdered<Row, Column extends string>(
  rows: readonly Row[],
  read: (row: Row, column: Column) => SortValue,
): { rows: readonly Row[]; sorting: Sorting<Column | ''> } {
  const [order, setOrder] = useState<Order<Column | ''>>({ column: '', descending: true })
  const { column, descending } = order
  const sorted = column === '' ? rows : rows.toSorted((a, b) => (descending ? -1 : 1) * compare(read(a, column), read(b, column)))
  return { rows: sorted, sorting: { order, onOrder: setOrder } }
}
