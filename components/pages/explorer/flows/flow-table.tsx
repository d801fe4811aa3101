'use client'

import { type RefObject, useMemo } from 'react'
import { BESIDE, NOTHING_BESIDE, ROW_HEIGHTS } from '@/components/pages/explorer/table/columns/columns'
import { useNarrowHeight } from '@/components/pages/explorer/table/row/narrow-ends'
import { RowToCome, SkeletonRows } from '@/components/pages/explorer/table/row/skeleton-rows'
import { useRowFocus } from '@/components/pages/explorer/table/rows/use-row-focus'
import type { ExplorerRows } from '@/components/pages/explorer/table/rows/use-rows'
import { useVirtualRows } from '@/components/pages/explorer/table/rows/use-virtual-rows'
import { HEAD_HEIGHT } from '@/components/pages/explorer/table/table-head'
import { TableTail } from '@/components/pages/explorer/table/table-tail'
import { useNarrow } from '@/components/pages/explorer/table/use-narrow'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { zoneName } from '@/components/parts/format/time'
import { ariaSort, type Sorting, SortName } from '@/components/parts/table/sort-head'
import { useGridValues } from '@/components/parts/value/grid/use-grid-values'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { useContextNames } from '@/components/parts/whois/use-whois'
import { classNames } from '@/components/ui/class-names'
import type { FlowRow as Flow } from '@/lib/flow/answer/tuples/flows'
import type { FlowOrder } from '@/lib/flow/field/orders'
import { DECISION_WIDTH, FLOW_COLUMNS, type FlowColumn, flowLayout } from './columns'
import { FlowRow } from './flow-row'

function Head({ columns }: { columns: readonly FlowColumn[] }) {
  const { zone } = useView()
  const { options, patch } = useOptions('tuples')
  const sorting: Sorting<FlowOrder> = { order: options.order, patchTo: (order) => patch({ order }) }
  const zoned = ` (${zone === 'utc' ? 'UTC' : zoneName(Date.now(), zone)})`
  return (
    <thead className="sticky top-0 z-3 block border-b border-line bg-ground text-label text-muted" style={{ height: HEAD_HEIGHT }}>
      <tr className="grid h-full items-center" style={{ gridTemplateColumns: 'var(--columns)' }} aria-rowindex={1}>
        <th scope="col" aria-colindex={1}>
          <span className="sr-only">Decision</span>
        </th>
        {columns.map(({ field, label, about, end, ascending = false }, i) => (
          <th
            key={field}
            scope="col"
            aria-colindex={i + 2}
            aria-sort={ariaSort(sorting, field)}
            className={classNames('flex min-w-0 px-1.5 font-normal', end && 'justify-end')}
          >
            <SortName
              column={field}
              name={field === 'first' ? `${label}${zoned}` : label}
              {...(about === undefined ? {} : { about })}
              ascending={ascending}
              sorting={sorting}
            />
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** The flows of the view, one row each; only rows near the visible ones are in the page. */
export function FlowTable({
  answer,
  scroller,
  room,
  onOpen,
}: {
  answer: ExplorerRows<Flow>
  scroller: RefObject<HTMLDivElement | null>
  /** Width for the table, or 0 before it is known. */
  room: number
  onOpen: (id: string) => void
}) {
  const { zone } = useView()
  const { options } = useOptions('tuples')
  const { phase } = useLoad()
  const { rows, data, stale, longest } = answer
  const narrow = useNarrow(room)
  const narrowHeight = useNarrowHeight()
  const rowHeight = narrow ? narrowHeight : ROW_HEIGHTS[options.density]
  const headHeight = narrow ? 0 : HEAD_HEIGHT
  const focus = useRowFocus({
    scroller,
    rows,
    open: options.row === '' ? null : options.row,
    onOpen,
    scrollTo: (index) => virtual.scrollToIndex(index),
    onTouch: () => {},
  })
  const virtual = useVirtualRows({ answer, scroller, rowHeight, headHeight, focused: focus.index })
  const known = useContextNames().length > 0
  const { columns, widths, tight } = useMemo(() => {
    return flowLayout(longest, known ? BESIDE : NOTHING_BESIDE, room)
  }, [longest.src, longest.dst, known, room])
  const values = useGridValues((at) => rows.at(at) ?? null)
  const placeholders = narrow ? FLOW_COLUMNS.slice(0, 1) : columns
  return (
    <div
      ref={scroller}
      onPointerLeave={values.onLeave}
      className="relative min-h-0 flex-1 overflow-auto overscroll-contain bg-surface [contain:strict]"
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys walk its rows, as the ARIA grid pattern has it
        role="grid"
        aria-label="Flows"
        aria-rowcount={data === undefined ? -1 : data.total + 1}
        aria-colcount={narrow ? 1 : columns.length + 1}
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
          minWidth: narrow ? undefined : widths.reduce((sum, width) => sum + width, DECISION_WIDTH),
          ['--columns' as string]: narrow
            ? '0 minmax(0, 1fr)'
            : [`${DECISION_WIDTH}px`, ...widths.map((width) => `minmax(${width}px, ${width}fr)`)].join(' '),
          ['--row' as string]: `${rowHeight}px`,
        }}
      >
        {narrow ? null : <Head columns={columns} />}
        {answer.loading && phase !== 'blocked' ? <SkeletonRows looks={placeholders} /> : null}
        <tbody
          className={classNames('relative block transition-opacity', stale && 'opacity-50')}
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const flow = rows.at(index)
            const top = start - headHeight
            if (flow === undefined) return <RowToCome key={key} index={index} top={top} looks={placeholders} />
            return (
              <FlowRow
                key={key}
                {...{ flow, index, top, zone, columns, narrow, onOpen }}
                open={flow.id === options.row}
                reachable={index === (focus.index ?? 0)}
                onFocus={focus.onFocus}
              />
            )
          })}
        </tbody>
      </table>
      {values.button}
      <TableTail answer={answer} of="flow" />
    </div>
  )
}
