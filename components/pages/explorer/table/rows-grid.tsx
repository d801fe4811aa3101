'use client'

import { Fragment, type ReactNode, type RefObject } from 'react'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { useGridValues } from '@/components/parts/value/grid/use-grid-values'
import { useOptions } from '@/components/parts/view/use-options'
import { classNames } from '@/components/ui/class-names'
import type { FlowRow } from '@/lib/flow/answer/tuples/flows'
import type { ToldRow } from '@/lib/flow/answer/tuples/tuples'
import { ROW_HEIGHTS } from './columns/columns'
import { useNarrowHeight } from './row/narrow-ends'
import { RowToCome, SkeletonRows } from './row/skeleton-rows'
import { useRowFocus } from './rows/use-row-focus'
import type { ExplorerRows } from './rows/use-rows'
import { useVirtualRows } from './rows/use-virtual-rows'
import { HEAD_HEIGHT } from './table-head'
import { TableTail } from './table-tail'

type Skeleton = Parameters<typeof SkeletonRows>[0]['looks']

/** Where a row stands, and what the keyboard does with it. */
export interface RowPlace {
  index: number
  top: number
  open: boolean
  /** True for the row that Tab reaches. */
  reachable: boolean
  onFocus: ReturnType<typeof useRowFocus>['onFocus']
}

/** The rows of the explorer as a grid that is scrolled and walked by keys; only rows near the visible ones are in the page. */
export function RowsGrid<Row extends ToldRow | FlowRow>({
  label,
  of,
  answer,
  scroller,
  narrow,
  head,
  columns,
  tight,
  skeleton,
  multiselectable,
  onOpen,
  onTouch = () => {},
  children,
}: {
  label: string
  of: 'tuple' | 'flow'
  answer: ExplorerRows<Row>
  scroller: RefObject<HTMLDivElement | null>
  /** True if a row has several lines in place of columns. */
  narrow: boolean
  head: ReactNode
  /** Their number, their widths as the tracks of a grid, and the pixels below which the grid scrolls sideways. */
  columns: { count: number; tracks: string; least: number | undefined }
  /** True if the columns are short of room. */
  tight: boolean
  /** The columns of rows that are still to come. */
  skeleton: Skeleton
  multiselectable?: boolean
  onOpen: (id: string) => void
  /** Selects a row, or all up to it; without it, rows cannot be selected. */
  onTouch?: Parameters<typeof useRowFocus>[0]['onTouch']
  children: (row: Row, place: RowPlace) => ReactNode
}) {
  const { options } = useOptions('tuples')
  const { phase } = useLoad()
  const { rows, data, stale } = answer
  const narrowHeight = useNarrowHeight()
  const rowHeight = narrow ? narrowHeight : ROW_HEIGHTS[options.density]
  const headHeight = narrow ? 0 : HEAD_HEIGHT
  const focus = useRowFocus({
    scroller,
    rows,
    open: options.row === '' ? null : options.row,
    onOpen,
    scrollTo: (index) => virtual.scrollToIndex(index),
    onTouch,
  })
  const virtual = useVirtualRows({ answer, scroller, rowHeight, headHeight, focused: focus.index })
  const values = useGridValues((at) => rows.at(at) ?? null)
  return (
    <div
      ref={scroller}
      onPointerLeave={values.onLeave}
      className="relative min-h-0 flex-1 overflow-auto overscroll-contain bg-surface [contain:strict]"
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys walk its rows, as the ARIA grid pattern has it
        role="grid"
        aria-label={label}
        aria-rowcount={data === undefined ? -1 : data.total + 1}
        aria-colcount={columns.count}
        aria-multiselectable={multiselectable}
        aria-busy={answer.loading || stale}
        tabIndex={-1}
        data-tight={tight ? '' : undefined}
        {...values.handlers}
        onKeyDown={(event) => {
          values.onKeyDown(event)
          focus.onKeyDown(event)
        }}
        className="group/grid block outline-none"
        style={{ minWidth: columns.least, ['--columns' as string]: columns.tracks, ['--row' as string]: `${rowHeight}px` }}
      >
        {narrow ? null : head}
        {answer.loading && phase !== 'blocked' ? <SkeletonRows looks={skeleton} /> : null}
        <tbody
          className={classNames('relative block transition-opacity', stale && 'opacity-50')}
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const row = rows.at(index)
            const top = start - headHeight
            if (row === undefined) return <RowToCome key={key} index={index} top={top} looks={skeleton} />
            const place = { index, top, open: row.id === options.row, reachable: index === (focus.index ?? 0), onFocus: focus.onFocus }
            return <Fragment key={key}>{children(row, place)}</Fragment>
          })}
        </tbody>
      </table>
      {values.button}
      <TableTail answer={answer} of={of} />
    </div>
  )
}
