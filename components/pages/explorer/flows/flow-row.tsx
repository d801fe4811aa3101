'use client'

import { memo, type MouseEvent as ReactMouseEvent, type ReactNode } from 'react'
import { ADDRESS_CELL, ARROW, TEXT_CELL } from '@/components/pages/explorer/table/row/cell-look'
import { NarrowEnds } from '@/components/pages/explorer/table/row/narrow-ends'
import { Unmeasured } from '@/components/pages/explorer/value/unmeasured'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { formatDuration, formatInstant, type Zone } from '@/components/parts/format/time'
import { GridValue } from '@/components/parts/value/grid/grid-value'
import { classNames } from '@/components/ui/class-names'
import { ActionMark } from '@/components/ui/marks/action-mark'
import type { FlowRow as Flow } from '@/lib/flow/answer/tuples/flows'
import type { FlowOrder } from '@/lib/flow/field/orders'
import { formatBytes } from '@/lib/flow/text/bytes'
import { serviceName } from '@/lib/flow/tuple/services'
import type { FlowColumn } from './columns'

/** Both marks if one NIC allowed what another denied. */
function Decision({ allow, deny }: Pick<Flow, 'allow' | 'deny'>) {
  return (
    <span className="inline-flex gap-1">
      {allow > 0 ? <ActionMark action="allow" /> : null}
      {deny > 0 ? <ActionMark action="deny" /> : null}
    </span>
  )
}

function Instant({ time, zone, open, why }: { time: string; zone: Zone; open: 'before' | 'after' | null; why: string }) {
  const more = open ? (
    <span title={why} className="text-caution">
      …<span className="sr-only">{why}</span>
    </span>
  ) : null
  return (
    <>
      {open === 'before' ? more : null}
      {formatInstant(time, zone)}
      {open === 'after' ? more : null}
    </>
  )
}

function Counter({ n, of, way, text }: { n: number | null; of: 'byte' | 'packet'; way: string; text: (n: number) => string }) {
  if (n === null) return <Unmeasured why="not measured" />
  return <span title={`${formatPlural(n, of)} ${way}`}>{text(n)}</span>
}

function Mac({ mac }: { mac: string | null }) {
  return mac === null ? (
    <Unmeasured why="no NIC of this end saw it" />
  ) : (
    <GridValue field="mac" value={mac} className="group-data-tight/grid:text-[10px]" />
  )
}

const GOES_ON = 'or later: its end is not among these tuples'
const SENT = 'from source to destination'
const RECEIVED = 'from destination to source'

function cellOf(flow: Flow, field: FlowOrder, zone: Zone): ReactNode {
  switch (field) {
    case 'first':
      return (
        <Instant time={flow.first} zone={zone} open={flow.begins ? null : 'before'} why="or earlier: its begin is not among these tuples" />
      )
    case 'last':
      return <Instant time={flow.last} zone={zone} open={flow.ends ? null : 'after'} why={GOES_ON} />
    case 'duration':
      return (
        <span title={`until ${formatInstant(flow.last, zone)}${flow.ends ? '' : ` ${GOES_ON}`}`}>
          {formatDuration(Date.parse(flow.last) - Date.parse(flow.first))}
          {flow.ends ? null : <span className="text-caution">…</span>}
        </span>
      )
    case 'src':
    case 'dst':
    case 'sport':
    case 'dport':
    case 'proto':
      return <GridValue field={field} value={String(flow[field])} />
    case 'bytesSent':
      return <Counter n={flow.bytesSent} of="byte" way={SENT} text={formatBytes} />
    case 'bytesReceived':
      return <Counter n={flow.bytesReceived} of="byte" way={RECEIVED} text={formatBytes} />
    case 'packetsSent':
      return <Counter n={flow.packetsSent} of="packet" way={SENT} text={formatCount} />
    case 'packetsReceived':
      return <Counter n={flow.packetsReceived} of="packet" way={RECEIVED} text={formatCount} />
    case 'srcMac':
    case 'dstMac':
      return <Mac mac={flow[field]} />
    default:
      return formatCount(flow[field])
  }
}

interface FlowRowProps {
  flow: Flow
  index: number
  /** Pixels below the top of the rows. */
  top: number
  open: boolean
  /** True if Tab enters the table here. */
  reachable: boolean
  zone: Zone
  columns: readonly FlowColumn[]
  narrow: boolean
  onFocus: (index: number) => void
  onOpen: (id: string) => void
}

/** Three or four lines for screens without room for columns. */
function Lines({ flow, zone }: { flow: Flow; zone: Zone }) {
  const { src, sport, dst, dport, proto, tuples, bytesSent, bytesReceived } = flow
  const volume = bytesSent === null && bytesReceived === null ? null : (bytesSent ?? 0) + (bytesReceived ?? 0)
  return (
    <td aria-colindex={1} className="col-span-2 flex min-w-0 flex-col justify-center px-3">
      <span className="flex min-w-0 items-center gap-1.5 text-label">
        <Decision allow={flow.allow} deny={flow.deny} />
        <span className="data shrink-0 text-ink">{formatInstant(flow.first, zone)}</span>
        {volume === null ? null : <span className="data ml-auto shrink-0 text-muted">{formatBytes(volume)}</span>}
      </span>
      <NarrowEnds {...{ src, sport, dst, dport }} />
      <span className="whitespace-nowrap text-label text-muted">
        {[proto, serviceName(dport)].filter(Boolean).join(' ')} · {formatDuration(Date.parse(flow.last) - Date.parse(flow.first))} ·{' '}
        {formatPlural(tuples, 'tuple')}
      </span>
    </td>
  )
}

/** One flow. A click beside its values opens it. */
export const FlowRow = memo(function FlowRow({ flow, index, top, open, reachable, zone, columns, narrow, onFocus, onOpen }: FlowRowProps) {
  function click(event: ReactMouseEvent) {
    if (event.target instanceof Element && event.target.closest('a, button')) return
    if (window.getSelection()?.isCollapsed === false) return
    onOpen(flow.id)
  }
  return (
    <tr
      aria-rowindex={index + 2}
      aria-current={open ? 'true' : undefined}
      data-row={index}
      tabIndex={reachable ? 0 : -1}
      onFocus={() => onFocus(index)}
      onClick={click}
      className={classNames(
        'absolute inset-x-0 grid cursor-default border-b border-line/60 -outline-offset-2 [contain:strict]',
        open ? 'bg-accent-soft' : 'bg-surface hover:bg-hover',
        open && 'shadow-[inset_3px_0_0_var(--color-accent)]',
      )}
      style={{ gridTemplateColumns: 'var(--columns)', height: 'var(--row)', transform: `translateY(${top}px)` }}
    >
      {narrow ? (
        <Lines flow={flow} zone={zone} />
      ) : (
        <>
          <td aria-colindex={1} className="flex items-center pl-3">
            <Decision allow={flow.allow} deny={flow.deny} />
          </td>
          {columns.map(({ field, end }, i) => {
            const isAddress = field === 'src' || field === 'dst'
            const isPort = field === 'sport' || field === 'dport'
            return (
              <td
                key={field}
                aria-colindex={i + 2}
                className={classNames(
                  isAddress ? ADDRESS_CELL : TEXT_CELL,
                  end && (isAddress ? 'justify-end' : 'text-right'),
                  field === 'dst' && ARROW,
                  isPort ? 'pr-1.5' : isAddress ? 'pl-1.5' : 'px-1.5',
                )}
              >
                {isPort ? <span className="text-faint">:</span> : null}
                {cellOf(flow, field, zone)}
              </td>
            )
          })}
        </>
      )}
    </tr>
  )
})
