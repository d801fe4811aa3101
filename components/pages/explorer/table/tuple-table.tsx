'use client'

import { type RefObject, useMemo } from 'react'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { useGridValues } from '@/components/parts/value/grid/use-grid-values'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import { COLUMN_WIDTH } from '@/lib/link/keys/widths'
import { type ColumnLook, ROW_HEIGHTS, SELECT_WIDTH } from './columns/columns'
import type { TupleModel } from './columns/model'
import { useNarrowHeight } from './row/narrow-ends'
import { NARROW_SELECT, NarrowRow } from './row/narrow-row'
import { RowToCome, SkeletonRows } from './row/skeleton-rows'
import { TableRow } from './row/table-row'
import type { PickedRows } from './rows/use-picked-rows'
import { useRowFocus } from './rows/use-row-focus'
import type { ExplorerRows } from './rows/use-rows'
import { useVirtualRows } from './rows/use-virtual-rows'
import { HEAD_HEIGHT, TableHead } from './table-head'
import { TableTail } from './table-tail'
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
  const { rows, data, stale } = answer
  const { phase } = useLoad()

  const { zone } = useView()
  const isNarrow = useNarrow(room) && options.cols.length === 0
  const narrowHeight = useNarrowHeight()
  const rowHeight = isNarrow ? narrowHeight : ROW_HEIGHTS[options.density]
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
  const { isResizingColumn: resizing, deltaOffset } = table.state.columnResizing
  const sizes = table.getVisibleLeafColumns().map((column) => column.getSize() + (column.id === resizing ? (deltaOffset ?? 0) : 0))
  const edges = table
    .getStartVisibleLeafColumns()
    .map((column) => column.getStart('start'))
    .join()
  const pinned = useMemo(() => edges.split(',').flatMap((edge) => (edge === '' ? [] : [Number(edge)])), [edges])
  const values = useGridValues((row) => rows.at(row) ?? null)
  return (
    <div
      ref={scroller}
      onPointerLeave={values.onLeave}
      className="relative min-h-0 flex-1 overflow-auto overscroll-contain bg-surface [contain:strict]"
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys walk its rows, as the ARIA grid pattern has it
        role="grid"
        aria-label="Tuples"
        aria-rowcount={data === undefined ? -1 : data.total + 1}
        aria-colcount={isNarrow ? 2 : looks.length + 1}
        aria-multiselectable="true"
        aria-busy={answer.loading || stale}
        tabIndex={-1}
        data-tight={tight ? '' : undefined}
        {...values.handlers}
        onKeyDown={(event) => {
          values.onKeyDown(event)
          focus.onKeyDown(event)
        }}
        className="group/grid block outline-none"
        style={{
          minWidth: isNarrow ? undefined : sizes.reduce((sum, size) => sum + size, SELECT_WIDTH),
          ['--columns' as string]: isNarrow
            ? `${NARROW_SELECT}px minmax(0, 1fr)`
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
            const tuple = rows.at(item.index)
            if (tuple === undefined) return <RowToCome key={item.key} index={item.index} top={item.start - headHeight} looks={shown} />
            if (isNarrow) {
              return (
                <NarrowRow
                  key={item.key}
                  tuple={tuple}
                  index={item.index}
                  top={item.start - headHeight}
                  zone={zone}
                  open={tuple.id === options.row}
                  selected={picked.rows.has(tuple.id)}
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
                tuple={tuple}
                index={item.index}
                top={item.start - headHeight}
                looks={looks}
                pinned={pinned}
                names={names}
                open={tuple.id === options.row}
                selected={picked.rows.has(tuple.id)}
                reachable={item.index === (focus.index ?? 0)}
                onFocus={focus.onFocus}
                onOpen={onOpen}
                onTouch={picked.touch}
              />
            )
          })}
        </tbody>
      </table>
      {values.button}
      <TableTail answer={answer} of="tuple" />
    </div>
  )
}
