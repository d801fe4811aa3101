'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { DirectionSign } from '@/components/pages/explorer/value/direction-sign'
import { Failed } from '@/components/parts/answer/failed'
import { AnswerNote } from '@/components/parts/answer/panel/answer-note'
import type { Answered } from '@/components/parts/answer/use-answer'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { ViewLink } from '@/components/parts/view/view-link'
import { classNames } from '@/components/ui/class-names'
import { DrawerSection } from '@/components/ui/drawer-section'
import { ActionMark } from '@/components/ui/marks/action-mark'
import { Skeleton } from '@/components/ui/marks/skeleton'
import type { Coverage } from '@/lib/flow/answer/answer'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { formatBytes } from '@/lib/flow/text/bytes'
import { timeApart } from './time-apart'

/** Number of placeholder rows. */
const TO_COME = 3

function endsOf({ src, sport, dst, dport }: TupleRow): string {
  return `${src}:${sport} → ${dst}:${dport}`
}

function bytesOf({ bytesSent, bytesReceived }: TupleRow): string | null {
  return bytesSent === null && bytesReceived === null ? null : formatBytes((bytesSent ?? 0) + (bytesReceived ?? 0))
}

function RowLink({ row, of, detail }: { row: TupleRow; of: TupleRow; detail: string }) {
  const open = row.id === of.id
  const bytes = bytesOf(row)
  return (
    <li>
      <ViewLink
        patch={{ row: row.id }}
        aria-current={open ? 'true' : undefined}
        title={`${row.time} · ${endsOf(row)}`}
        className={classNames(
          'data grid h-7 grid-cols-[68px_18px_40px_1fr_auto] items-center gap-x-2 rounded-sm px-1.5 text-label -outline-offset-2',
          open ? 'bg-accent-soft' : 'hover:bg-hover',
        )}
      >
        <span className={classNames('text-right', open ? 'text-accent' : 'text-muted')}>
          {open ? 'open' : timeApart(row.time, of.time)}
        </span>
        <ActionMark action={row.action} />
        <span>
          <DirectionSign dir={row.dir} />
        </span>
        <span className="truncate">{detail}</span>
        <span className="text-muted">
          {row.state}
          {bytes === null ? null : <span className="max-sm:hidden"> {bytes}</span>}
        </span>
      </ViewLink>
    </li>
  )
}

/** A list that scrolls once it is long, with the open row in sight. */
function Scrolled({ children }: { children: ReactNode }) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const open = list.current?.querySelector<HTMLElement>('[aria-current]')
    if (list.current && open) list.current.scrollTop = open.offsetTop - list.current.clientHeight / 2
  }, [])
  return (
    <ul ref={list} className="relative -mx-1.5 max-h-72 overflow-y-auto">
      {children}
    </ul>
  )
}

/** Rows related to the open one; each opens in its place. The heading shows how many of all are listed. */
export function RowList({
  title,
  of,
  answered,
  none,
  actions,
  detail,
}: {
  title: string
  of: TupleRow
  answered: Answered<{ coverage: Coverage; total: number; rows: TupleRow[] }>
  /** Text for an empty list. */
  none: string
  actions: ReactNode
  /** Text that distinguishes the rows of this list. */
  detail: (row: TupleRow) => string
}) {
  const { data, error, retry } = answered
  return (
    <DrawerSection title={title} actions={actions}>
      {error ? (
        <Failed message={error.message} requestId={error.requestId} onRetry={retry} />
      ) : data === undefined ? (
        <div className="flex flex-col gap-4 py-2">
          {Array.from({ length: TO_COME }, (_, i) => (
            <Skeleton key={i} className="h-3 w-full" />
          ))}
        </div>
      ) : (
        <>
          <p className="flex min-h-6 flex-wrap items-center gap-2 text-label text-muted">
            {data.total === 0
              ? none
              : data.rows.length < data.total
                ? `${formatCount(data.rows.length)} of ${formatPlural(data.total, 'row')}`
                : formatPlural(data.total, 'row')}
            <AnswerNote answered={answered} />
          </p>
          <Scrolled>
            {data.rows.map((row) => (
              <RowLink key={row.id} row={row} of={of} detail={detail(row)} />
            ))}
          </Scrolled>
        </>
      )}
    </DrawerSection>
  )
}
