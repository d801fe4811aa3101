'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Patch } from '@/components/parts/view/patch'
import { PatchLink } from '@/components/parts/view/patch-link'
import { classNames } from '@/components/ui/class-names'
import type { Order } from '@/lib/flow/field/order'

/** The order of a table, and the way to change it: by the link, or in place. */
export interface Sorting<Column extends string> {
  order: Order<Column>
  patchTo?: (order: Order<Column>) => Patch
  onOrder?: (order: Order<Column>) => void
}

/** One name in the head of a column; `ascending` columns are first sorted from the smallest. */
export function SortName<Column extends string>({
  column,
  name,
  about,
  ascending = false,
  sorting,
}: {
  column: Column
  name: ReactNode
  about?: string | undefined
  ascending?: boolean
  sorting: Sorting<Column>
}) {
  const { order, patchTo, onOrder } = sorting
  const sorted = order.column === column
  const next = { column, descending: sorted ? !order.descending : !ascending }
  const Sign = order.descending ? ArrowDown : ArrowUp
  const look = {
    title: `${about ?? ''}${about ? '\n' : ''}click: sort`,
    className: classNames('inline-flex h-8 items-center gap-0.5 whitespace-nowrap hover:text-ink', sorted && 'font-medium text-ink'),
  }
  const text = (
    <>
      {name}
      {sorted ? <Sign aria-hidden="true" size={12} className="shrink-0 text-accent" /> : null}
    </>
  )
  return patchTo ? (
    <PatchLink patch={patchTo(next)} {...look}>
      {text}
    </PatchLink>
  ) : (
    <button type="button" onClick={() => onOrder?.(next)} {...look}>
      {text}
    </button>
  )
}

export function ariaSort<Column extends string>({ order }: Sorting<Column>, ...columns: readonly Column[]) {
  if (!columns.includes(order.column)) return 'none'
  return order.descending ? 'descending' : 'ascending'
}

/** The head of a column that sorts by it. */
export function SortHead<Column extends string>({
  className,
  ...of
}: {
  className: string
  column: Column
  name: ReactNode
  about?: string | undefined
  ascending?: boolean
  sorting: Sorting<Column>
}) {
  return (
    <th scope="col" aria-sort={ariaSort(of.sorting, of.column)} className={`${className} font-sans font-normal`}>
      <SortName {...of} />
    </th>
  )
}

/** The class of a column, what it sorts by, its name, and its meaning if the name does not tell it. */
export type SortColumn<Column extends string> = readonly [className: string, column: Column, name: ReactNode, about?: string | undefined]

/** The heads of all columns; the first names the rows, and is first sorted from the smallest. */
export function SortHeads<Column extends string>({ heads, sorting }: { heads: readonly SortColumn<Column>[]; sorting: Sorting<Column> }) {
  return heads.map(([className, column, name, about], i) => (
    <SortHead key={className + column} ascending={i === 0} {...{ className, column, name, about, sorting }} />
  ))
}
