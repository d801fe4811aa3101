'use client'

import { type MouseEvent, memo } from 'react'
import { formatBytes } from '@/components/parts/format/number'
import { decodeRule } from '@/components/parts/format/rule'
import { formatInstant, type Zone } from '@/components/parts/format/time'
import { classNames } from '@/components/ui/class-names'
import { ActionMark } from '@/components/ui/marks/action-mark'
import type { TupleRow } from '@/lib/flow/answer/tuples'
import { serviceName } from '@/lib/flow/services'

/** Height of a row of two lines, and the width of what selects it: large enough for a finger. */
export const NARROW = { row: 56, select: 36 }

/** One tuple in two lines, where there is no room for columns: a tap opens it. */
export const NarrowRow = memo(function NarrowRow({
  tuple,
  index,
  top,
  zone,
  open,
  selected,
  reachable,
  onFocus,
  onOpen,
  onTouch,
}: {
  tuple: TupleRow
  index: number
  /** Pixels below the top of the rows. */
  top: number
  zone: Zone
  open: boolean
  selected: boolean
  /** True if Tab enters the table here. */
  reachable: boolean
  onFocus: (index: number) => void
  onOpen: (id: string) => void
  onTouch: (index: number, through: boolean) => void
}) {
  const { time, action, proto, src, dst, sport, dport, rule, bytesSent, bytesReceived } = tuple
  const volume = bytesSent === null && bytesReceived === null ? null : (bytesSent ?? 0) + (bytesReceived ?? 0)
  const service = serviceName(dport)
  function click(event: MouseEvent) {
    if (event.target instanceof Element && event.target.closest('label')) return
    onOpen(tuple.id)
  }
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-current={open ? 'true' : undefined}
      data-row={index}
      tabIndex={reachable ? 0 : -1}
      onFocus={() => onFocus(index)}
      onClick={click}
      className={classNames(
        'absolute inset-x-0 grid cursor-default border-b border-line/60 -outline-offset-2',
        open || selected ? 'bg-accent-soft' : 'bg-surface hover:bg-hover',
      )}
      style={{ gridTemplateColumns: 'var(--columns)', height: 'var(--row)', transform: `translateY(${top}px)` }}
    >
      <td aria-colindex={1}>
        <label className="flex h-full items-center justify-center">
          <input
            type="checkbox"
            aria-label={`Select row ${index + 1}`}
            tabIndex={-1}
            checked={selected}
            onChange={() => onTouch(index, false)}
            className="size-4 accent-accent-fill"
          />
        </label>
      </td>
      <td aria-colindex={2} className="flex min-w-0 flex-col justify-center pr-3">
        <span className="flex min-w-0 items-center gap-1.5 text-label">
          <ActionMark action={action} />
          <span className="data shrink-0 text-ink">{formatInstant(time, zone)}</span>
          <span className="min-w-0 truncate text-muted">
            {proto} {service ?? dport} · {decodeRule(rule).name}
          </span>
          {volume === null ? null : <span className="data ml-auto shrink-0 text-muted">{formatBytes(volume)}</span>}
        </span>
        <span
          className={classNames('data line-clamp-2 break-all', src.length + dst.length > 34 ? 'text-[10px] leading-3.5' : 'text-label')}
        >
          {src}
          <span className="text-faint">:{sport}</span> → {dst}
          <span className="text-faint">:{dport}</span>
        </span>
      </td>
    </tr>
  )
})
