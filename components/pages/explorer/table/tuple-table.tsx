'use client'

import { type RefObject, useMemo } from 'react'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { COLUMN_WIDTH } from '@/lib/link/keys/widths'
import { type ColumnLook, SELECT_WIDTH } from './columns/columns'
import type { TupleModel } from './columns/model'
import { NARROW_SELECT, NarrowRow } from './row/narrow-row'
import { TableRow } from './row/table-row'
import type { PickedRows } from './rows/use-picked-rows'
import type { ExplorerRows } from './rows/use-rows'
import { RowsGrid } from './rows-grid'
import { TableHead } from './table-head'
import { useNarrow } from './use-narrow'

/** The tuples of the view; only rows near the visible ones are in the page. */
export function TupleTable({
  answer,
  table,
  looks,
  tight,
  names,
  picked,
  scroller,
  room,
  onOpen,
}: {
  answer: ExplorerRows
  table: TupleModel
  looks: readonly ColumnLook[]
  /** True if the columns are short of room. */
  tight: boolean
  names: ReadonlyMap<string, string>
  picked: PickedRows
  scroller: RefObject<HTMLDivElement | null>
  /** Width for the table, or 0 before it is known. */
  room: number
  onOpen: (id: string) => void
}) {
  const { options } = useOptions('tuples')
  const { zone } = useView()
  const narrow = useNarrow(room) && options.cols.length === 0
  const { isResizingColumn: resizing, deltaOffset } = table.state.columnResizing
  const sizes = table.getVisibleLeafColumns().map((column) => column.getSize() + (column.id === resizing ? (deltaOffset ?? 0) : 0))
  const edges = table
    .getStartVisibleLeafColumns()
    .map((column) => column.getStart('start'))
    .join()
  const pinned = useMemo(() => edges.split(',').flatMap((edge) => (edge === '' ? [] : [Number(edge)])), [edges])
  const tracks = [SELECT_WIDTH, ...sizes].map((size) => `${Math.max(COLUMN_WIDTH.least, size)}px`).join(' ')
  return (
    <RowsGrid
      label="Tuples"
      of="tuple"
      {...{ answer, scroller, narrow, tight, onOpen }}
      head={<TableHead table={table} looks={looks} />}
      columns={
        narrow
          ? { count: 2, tracks: `${NARROW_SELECT}px minmax(0, 1fr)`, least: undefined }
          : { count: looks.length + 1, tracks, least: sizes.reduce((sum, size) => sum + size, SELECT_WIDTH) }
      }
      skeleton={narrow ? looks.slice(0, 1) : looks}
      multiselectable
      onTouch={picked.touch}
    >
      {(tuple, place) => {
        const row = { ...place, tuple, selected: picked.rows.has(tuple.id), onOpen, onTouch: picked.touch }
        return narrow ? <NarrowRow {...row} zone={zone} /> : <TableRow {...row} looks={looks} pinned={pinned} names={names} />
      }}
    </RowsGrid>
  )
}
