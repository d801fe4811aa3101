'use client'

import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useLogNames } from '@/components/parts/answer/use-log-names'
import { zoneName } from '@/components/parts/format/time'
import { useKey } from '@/components/parts/keys/use-key'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import { useMedia } from '@/components/ui/size/use-media'
import { useWidth } from '@/components/ui/size/use-width'
import type { CoverageProblem } from '@/lib/flow/answer/answer'
import { floorTo, HOUR } from '@/lib/flow/time/bucket'
import { ticksOf } from './axis'
import { CellDetails } from './cell-details'
import { CellLink } from './cell-link'
import { isHole } from './cell-state'
import { HourHead } from './hour-head'
import { RowHead } from './row-head'
import { type Grid as GridData, type GridPlace, type GridRow, holeAfter } from './rows'
import { useCellFocus } from './use-cell-focus'
import { useNicAddresses } from './use-nic-addresses'

const ROW = 34
const AXIS = 44
/** Column widths in pixels: hours fill the room, unless they were too narrow or too wide then. */
const COLUMN = { least: 30, most: 96 }

function placeOf(target: EventTarget): GridPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null
  const [row, column] = cell?.dataset.cell?.split(':').map(Number) ?? []
  return row === undefined || column === undefined ? null : { row, column }
}

/** Returns the visible indexes, and the focused one even if it is not visible. */
function withFocused(range: Range, index: number): number[] {
  const indexes = defaultRangeExtractor(range)
  if (index < 0 || index >= range.count || indexes.includes(index)) return indexes
  return [...indexes, index].sort((a, b) => a - b)
}

/** Returns the first cell to show: the hour of the link, at a NIC with a hole, or else the last hour. */
function startOf({ hours, rows }: GridData, at: number | null): GridPlace {
  const column = at === null ? hours.length - 1 : Math.max(0, hours.indexOf(floorTo(at, HOUR)))
  const hole = rows.findIndex((row) => row.kind === 'nic' && row.cells[column] != null && isHole(row.cells[column]))
  return { row: hole >= 0 ? hole : rows.length > 1 ? 1 : 0, column }
}

/** Hours by log and NIC. Only visible rows and columns are drawn. */
export function Grid({ grid, at, problems }: { grid: GridData; at: number | null; problems: readonly CoverageProblem[] }) {
  const { zone } = useView()
  const names = useLogNames()
  const addresses = useNicAddresses()
  const scroller = useRef<HTMLDivElement>(null)
  const router = useRouter()
  const room = useWidth(scroller)
  const tight = !useMedia('(min-width: 640px)')
  const [pointed, setPointed] = useState<GridPlace | null>(null)
  const { hours, rows } = grid
  const head = tight ? 150 : 300
  const width = Math.max(COLUMN.least, Math.min(COLUMN.most, Math.floor((room - head) / Math.max(1, hours.length))))
  const start = startOf(grid, at)
  const { place, onFocus, goTo, onKeyDown } = useCellFocus({
    scroller,
    rows: rows.length,
    columns: hours.length,
    start,
    bringIntoView: ({ row, column }) => {
      down.scrollToIndex(row)
      if (column >= 0) across.scrollToIndex(column)
    },
  })
  const getScrollElement = () => scroller.current
  const down = useVirtualizer({
    count: rows.length,
    getScrollElement,
    estimateSize: () => ROW,
    paddingStart: AXIS,
    scrollPaddingStart: AXIS,
    overscan: 3,
    rangeExtractor: (range) => withFocused(range, place.row),
  })
  const across = useVirtualizer({
    horizontal: true,
    count: hours.length,
    getScrollElement,
    estimateSize: () => width,
    paddingStart: head,
    scrollPaddingStart: head,
    overscan: 3,
    rangeExtractor: (range) => withFocused(range, place.column),
  })
  const { measure } = across
  useEffect(() => measure(), [measure, width, head])
  const lookAt = useEffectEvent(() => {
    across.scrollToIndex(start.column, { align: at === null ? 'end' : 'center' })
    down.scrollToIndex(at === null ? 0 : start.row)
  })
  useEffect(() => {
    if (hours.length > 0 || at !== null) lookAt()
  }, [at, hours.length])

  const next = holeAfter(grid, place)
  useKey({ keys: 'n', does: 'to the next hole', group: 'Rows' }, () => next && goTo(next))
  const shown = pointed ?? place
  const row: GridRow | undefined = rows[Math.min(shown.row, rows.length - 1)]
  const column = Math.max(0, Math.min(shown.column, hours.length - 1))
  const columns = across.getVirtualItems()
  const marked = at === null ? null : hours.indexOf(floorTo(at, HOUR))
  const nameOf = (log: string) => names.get(log) ?? log
  const begins = new Set<number>()
  const ticks = ticksOf(
    hours,
    columns.map(({ index }) => index),
    columns.find(({ start: left }) => left >= (across.scrollOffset ?? 0) + head - 1)?.index ?? 0,
    zone,
  )
  for (const tick of ticks) if (tick.begins && tick.column > 0) begins.add(tick.column)
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only follows what its cells do */}
      <div
        ref={scroller}
        className="max-h-[min(68vh,900px)] overflow-auto overscroll-x-contain"
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-cell]') : null
          if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
          event.preventDefault()
          router.push(link.getAttribute('href')!)
        }}
        onFocus={({ target }) => {
          const focused = placeOf(target)
          if (focused) onFocus(focused)
        }}
        onPointerMove={({ target, pointerType, movementX, movementY }) => {
          // Ignores cells that move under a resting pointer.
          if (pointerType !== 'mouse' || (movementX === 0 && movementY === 0)) return
          const next = placeOf(target)
          setPointed((last) => (last?.row === next?.row && last?.column === next?.column ? last : next))
        }}
        onPointerLeave={() => setPointed(null)}
      >
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys walk its cells, as the ARIA grid pattern has it
          role="grid"
          aria-label="Hours by flow log and NIC"
          aria-readonly="true"
          aria-rowcount={rows.length + 1}
          aria-colcount={hours.length + 1}
          tabIndex={-1}
          className="relative isolate block outline-none"
          style={{ width: across.getTotalSize(), minWidth: '100%', height: down.getTotalSize() }}
        >
          <thead className="sticky top-0 z-3 block bg-surface shadow-[0_1px_0_var(--color-line)]">
            <tr aria-rowindex={1} className="flex" style={{ height: AXIS }}>
              <th
                scope="col"
                aria-colindex={1}
                className="sticky left-0 z-1 flex shrink-0 items-end bg-surface px-3 pb-1 text-label font-normal text-muted"
                style={{ width: head }}
              >
                {next ? (
                  <button
                    type="button"
                    title="n"
                    onClick={() => goTo(next)}
                    className="-my-1 -ml-1 h-7 rounded-sm px-1 text-accent hover:underline max-sm:hidden"
                  >
                    Next hole
                  </button>
                ) : (
                  <span className="max-sm:hidden">flow log, NIC</span>
                )}
                <span className="ml-auto">hours, {zoneName(hours[0] ?? 0, zone)}</span>
              </th>
              {ticks.map((tick, i) => (
                <HourHead key={tick.column} tick={tick} marked={tick.column === marked} left={columns[i]!.start} width={width} />
              ))}
            </tr>
          </thead>
          <tbody className="block">
            {down.getVirtualItems().map(({ index, start: top }) => {
              const of = rows[index]!
              return (
                <tr
                  key={of.kind === 'log' ? of.log : `${of.log} ${of.mac}`}
                  aria-rowindex={index + 2}
                  className={classNames('absolute inset-x-0 block', of.kind === 'log' && 'bg-sunken')}
                  style={{ top, height: ROW }}
                >
                  <th
                    scope="row"
                    aria-colindex={1}
                    data-head={index}
                    className={classNames(
                      'sticky left-0 z-2 flex h-full items-center gap-1 border-r border-line pr-3 pl-1 text-left font-normal',
                      of.kind === 'log' ? 'bg-sunken' : 'bg-surface',
                    )}
                    style={{ width: head }}
                  >
                    <RowHead row={of} name={nameOf(of.log)} addresses={of.kind === 'nic' ? (addresses.get(of.mac) ?? []) : []} />
                  </th>
                  {columns.map(({ index: at, start: left }) => (
                    <td
                      key={at}
                      aria-colindex={at + 2}
                      className={classNames(
                        'absolute inset-y-0 p-px',
                        begins.has(at) && 'border-l border-line-strong',
                        at === marked && 'bg-accent-soft',
                      )}
                      style={{ left, width }}
                    >
                      <CellLink
                        row={of}
                        index={index}
                        column={at}
                        start={hours[at]!}
                        name={nameOf(of.log)}
                        zone={zone}
                        reachable={place.row === index && Math.max(0, place.column) === at}
                      />
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {row ? <CellDetails row={row} column={column} start={hours[column]!} name={nameOf(row.log)} zone={zone} problems={problems} /> : null}
    </>
  )
}
