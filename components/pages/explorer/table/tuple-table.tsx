'use client'

import type { RefObject } from 'react'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import { COLUMN_WIDTH } from '@/lib/link/keys/widths'
import { type ColumnLook, ROW_HEIGHTS, SELECT_WIDTH } from './columns/columns'
import type { TupleModel } from './columns/model'
import { NARROW, NarrowRow } from './narrow-row'
import type { PickedRows } from './rows/use-picked-rows'
import { useRowFocus } from './rows/use-row-focus'
import type { ExplorerRows } from './rows/use-rows'
import { useVirtualRows } from './rows/use-virtual-rows'
import { RowToCome, SkeletonRows } from './skeleton-rows'
import { HEAD_HEIGHT, TableHead } from './table-head'
import { TableRow } from './table-row'
import { TableTail } from './table-tail'

/** Below this width, a row has two lines instead of columns. Pixels. */
export const NARROW_ROOM = 560

/** The tuples of the view; only rows near the visible ones are in the page. */
export function TupleTable({
  answer,
  table,
  looks,
  names,
  picked,
  scroller,
  room,
  onOpen,
}: {
  answer: ExplorerRows
  table: TupleModel
  looks: readonly ColumnLook[]
  names: ReadonlyMap<string, string>
  picked: PickedRows
  scroller: RefObject<HTMLDivElement | null>
  /** Width for the table, or 0 before it is known. */
  room: number
  onOpen: (id: string) => void
}) {
  const { options } = useOptions('tuples')
  const { rows, data, stale } = answer
  const { phase } = useLoad()

  const { zone } = useView()
  const isNarrow = room > 0 && room < NARROW_ROOM && options.cols.length === 0
  const rowHeight = isNarrow ? NARROW.row : ROW_HEIGHTS[options.density]
  const headHeight = isNarrow ? 0 : HEAD_HEIGHT
  const focus = useRowFocus({
    scroller,
    rows,
    open: options.row === '' ? null : options.row,
    onOpen,
    scrollTo: (index) => virtual.scrollToIndex(index),
    onTouch: picked.touch,
  })
  const virtual = useVirtualRows({ answer, scroller, rowHeight, headHeight, focused: focus.index })
  const items = virtual.getVirtualItems()

  const shown = isNarrow ? looks.slice(0, 1) : looks
  const { rowsById } = table.getRowModel()
  const { isResizingColumn: resizing, deltaOffset } = table.state.columnResizing
  const sizes = table.getVisibleLeafColumns().map((column) => column.getSize() + (column.id === resizing ? (deltaOffset ?? 0) : 0))
  const pinned = table
    .getStartVisibleLeafColumns()
    .map((column) => column.getStart('start'))
    .join()
  return (
    <div ref={scroller} className="relative min-h-0 flex-1 overflow-auto overscroll-contain bg-surface [contain:strict]">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys walk its rows, as the ARIA grid pattern has it
        role="grid"
        aria-label="Tuples"
        aria-rowcount={data === undefined ? -1 : data.total + 1}
        aria-colcount={isNarrow ? 2 : looks.length + 1}
        aria-multiselectable="true"
        aria-busy={answer.loading || stale}
        tabIndex={-1}
        onKeyDown={focus.onKeyDown}
        className="block outline-none"
        style={{
          minWidth: isNarrow ? undefined : sizes.reduce((sum, size) => sum + size, SELECT_WIDTH),
          ['--columns' as string]: isNarrow
            ? `${NARROW.select}px minmax(0, 1fr)`
            : [SELECT_WIDTH, ...sizes].map((size) => `${Math.max(COLUMN_WIDTH.least, size)}px`).join(' '),
          ['--row' as string]: `${rowHeight}px`,
        }}
      >
        {isNarrow ? null : <TableHead table={table} looks={looks} />}
        {answer.loading && phase !== 'blocked' ? <SkeletonRows looks={shown} /> : null}
        <tbody
          className={classNames('relative block transition-opacity', stale && 'opacity-50')}
          style={{ height: virtual.getTotalSize() }}
        >
          {items.map((item) => {
            const row = rowsById[rows.at(item.index)?.id ?? '']
            if (row === undefined) return <RowToCome key={item.key} index={item.index} top={item.start - headHeight} looks={shown} />
            if (isNarrow) {
              return (
                <NarrowRow
                  key={item.key}
                  tuple={row.original}
                  index={item.index}
                  top={item.start - headHeight}
                  zone={zone}
                  open={row.id === options.row}
                  selected={row.getIsSelected()}
                  reachable={item.index === (focus.index ?? 0)}
                  onFocus={focus.onFocus}
                  onOpen={onOpen}
                  onTouch={picked.touch}
                />
              )
            }
            return (
              <TableRow
                key={item.key}
                row={row}
                index={item.index}
                top={item.start - headHeight}
                looks={looks}
                pinned={pinned}
                names={names}
                open={row.id === options.row}
                selected={row.getIsSelected()}
                reachable={item.index === (focus.index ?? 0)}
                onFocus={focus.onFocus}
                onOpen={onOpen}
                onTouch={picked.touch}
              />
            )
          })}
        </tbody>
      </table>
      <TableTail answer={answer} of="tuple" />
    </div>
  )
}
