'use client'

import { type SortingState, useTable } from '@tanstack/react-table'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { useLoad } from '@/components/answer/load-provider'
import { classNames } from '@/components/ui/class-names'
import { optionsNow, useOptions } from '@/components/view/use-options'
import { useView } from '@/components/view/use-view'
import type { TupleRow } from '@/lib/flow/answers'
import type { RowField, SortBy } from '@/lib/flow/fields'
import { columnLooks, gridTemplate, SELECT_WIDTH } from './columns'
import { ROW_HEIGHTS } from './row-height'
import { roomFor } from './row-window'
import { RowToCome, SkeletonRows } from './skeleton-rows'
import { features, tableColumns } from './table-features'
import { HEAD_HEIGHT, TableHead } from './table-head'
import { TableRow } from './table-row'
import { TableTail } from './table-tail'
import { useColumns, useNarrow } from './use-columns'
import { useRowFocus } from './use-row-focus'
import type { Rows } from './use-rows'
import type { Selection } from './use-selection'

/** More rows are asked for when this few are left below those in sight: few before anybody has scrolled, then enough that a scroll does not catch up. */
const AHEAD = { atRest: 80, scrolled: 1000 }
/** Addresses get at least this room, so that columns keep their width when longer ones come, and on a narrow screen no more. Characters. */
const ROOM = { least: 12, narrow: 13 }

/** The table library keeps the head and the sorting; rows are drawn straight from those in sight. */
const NO_ROWS: TupleRow[] = []
const NEWEST: SortingState = [{ id: 'time', desc: true }]

function sortingOf(sort: readonly SortBy[]): SortingState {
  return sort.map(({ field, descending }) => ({ id: field, desc: descending }))
}

/** The tuples of the link's question; only the rows in the window stand in the page. */
export function TupleTable({
  answer,
  names,
  selection,
  onOpen,
}: {
  answer: Rows
  names: ReadonlyMap<string, string>
  selection: Selection
  onOpen: (id: string) => void
}) {
  const { go } = useView()
  const { options, patch } = useOptions('tuples')
  const { rows, question, data, stale, longest, hasMore, more, look } = answer
  const { phase } = useLoad()
  const scroller = useRef<HTMLDivElement>(null)

  const { shown: columnsShown, pinned } = useColumns()
  const shown = columnsShown.join()
  const narrow = useNarrow()
  const src = narrow ? ROOM.narrow : Math.max(ROOM.least, longest.src)
  const dst = narrow ? ROOM.narrow : Math.max(ROOM.least, longest.dst)
  const looks = useMemo(() => columnLooks(shown.split(',') as RowField[], { src, dst }, pinned), [shown, src, dst, pinned])
  const columns = useMemo(() => tableColumns(looks), [looks])
  const sorting = useMemo(() => sortingOf(options.sort), [options.sort])
  const table = useTable({
    features,
    columns,
    data: NO_ROWS,
    state: { sorting },
    manualSorting: true,
    onSortingChange: (update) => {
      const next = typeof update === 'function' ? update(sortingOf(optionsNow('tuples').sort)) : update
      const asked = next.length > 0 ? next : NEWEST
      go(patch({ sort: asked.map(({ id, desc }) => ({ field: id as RowField, descending: desc })) }))
    },
  })

  const rowHeight = ROW_HEIGHTS[options.density]
  const focus = useRowFocus({
    scroller,
    rows,
    open: options.row === '' ? null : options.row,
    onOpen,
    scrollTo: (index) => virtual.scrollToIndex(index),
    onTouch: selection.touch,
  })
  const virtual = useVirtualizer({
    count: roomFor(rows.count, data?.total ?? 0, hasMore && answer.error === null),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range)
      if (focus.index === null || indexes.includes(focus.index) || focus.index >= range.count) return indexes
      return [...indexes, focus.index].sort((a, b) => a - b)
    },
  })
  useEffect(() => virtual.measure(), [rowHeight])
  const items = virtual.getVirtualItems()
  const { startIndex: start, endIndex: end } = virtual.range ?? { startIndex: 0, endIndex: 0 }
  useEffect(() => {
    look(start, end, focus.index)
    if (end >= rows.count - (start === 0 ? AHEAD.atRest : AHEAD.scrolled)) more()
  }, [start, end, focus.index, rows.count, look, more])

  const asked = useRef(question)
  useEffect(() => {
    if (asked.current === question || stale) return
    asked.current = question
    scroller.current?.scrollTo({ top: 0 })
  }, [question, stale])

  const template = gridTemplate(looks)
  return (
    <div ref={scroller} className="relative min-h-0 flex-1 overflow-auto overscroll-contain bg-surface [contain:strict]">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys walk its rows, as the ARIA grid pattern has it
        role="grid"
        aria-label="Tuples"
        aria-rowcount={data === undefined ? -1 : data.total + 1}
        aria-colcount={looks.length + 1}
        aria-multiselectable="true"
        aria-busy={answer.loading || stale}
        tabIndex={-1}
        onKeyDown={focus.onKeyDown}
        className="block outline-none"
        style={{
          minWidth: looks.reduce((sum, { width }) => sum + width, SELECT_WIDTH),
          ['--columns' as string]: template,
          ['--row' as string]: `${rowHeight}px`,
        }}
      >
        <TableHead headers={table.getHeaderGroups()[0]?.headers ?? []} sorting={sorting} />
        {answer.loading && phase !== 'blocked' ? <SkeletonRows looks={looks} /> : null}
        <tbody
          className={classNames('relative block transition-opacity', stale && 'opacity-50')}
          style={{ height: virtual.getTotalSize() }}
        >
          {items.map((item) => {
            const tuple = rows.at(item.index)
            if (tuple === undefined) return <RowToCome key={item.key} index={item.index} top={item.start - HEAD_HEIGHT} looks={looks} />
            return (
              <TableRow
                key={item.key}
                tuple={tuple}
                index={item.index}
                top={item.start - HEAD_HEIGHT}
                looks={looks}
                names={names}
                open={tuple.id === options.row}
                selected={selection.rows.has(tuple.id)}
                reachable={item.index === (focus.index ?? 0)}
                onFocus={focus.onFocus}
                onOpen={onOpen}
                onTouch={selection.touch}
              />
            )
          })}
        </tbody>
      </table>
      <TableTail answer={answer} />
    </div>
  )
}
