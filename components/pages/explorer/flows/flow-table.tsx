'use client'

import { type RefObject, useMemo } from 'react'
import { BESIDE, NOTHING_BESIDE } from '@/components/pages/explorer/table/columns/columns'
import type { ExplorerRows } from '@/components/pages/explorer/table/rows/use-rows'
import { RowsGrid } from '@/components/pages/explorer/table/rows-grid'
import { HEAD_HEIGHT } from '@/components/pages/explorer/table/table-head'
import { useNarrow } from '@/components/pages/explorer/table/use-narrow'
import { zoneName } from '@/components/parts/format/time'
import { ariaSort, type Sorting, SortName } from '@/components/parts/table/sort-head'
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
  const { longest } = answer
  const narrow = useNarrow(room)
  const known = useContextNames().length > 0
  const { columns, widths, tight } = useMemo(() => {
    return flowLayout(longest, known ? BESIDE : NOTHING_BESIDE, room)
  }, [longest.src, longest.dst, known, room])
  const tracks = [`${DECISION_WIDTH}px`, ...widths.map((width) => `minmax(${width}px, ${width}fr)`)].join(' ')
  return (
    <RowsGrid
      label="Flows"
      of="flow"
      {...{ answer, scroller, narrow, tight, onOpen }}
      head={<Head columns={columns} />}
      columns={
        narrow
          ? { count: 1, tracks: '0 minmax(0, 1fr)', least: undefined }
          : { count: columns.length + 1, tracks, least: widths.reduce((sum, width) => sum + width, DECISION_WIDTH) }
      }
      skeleton={narrow ? FLOW_COLUMNS.slice(0, 1) : columns}
    >
      {(flow, place) => <FlowRow {...{ flow, zone, columns, narrow, onOpen }} {...place} />}
    </RowsGrid>
  )
}
