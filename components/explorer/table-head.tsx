'use client'

import type { Header, SortingState } from '@tanstack/react-table'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { zoneName } from '@/components/format/time'
import { classNames } from '@/components/ui/class-names'
import { useView } from '@/components/view/use-view'
import type { TupleRow } from '@/lib/flow/answers'
import { fieldOf } from '@/lib/flow/fields'
import type { ColumnLook } from './columns'
import type { Features } from './table-features'

/** Pixels. */
export const HEAD_HEIGHT = 32

function HeadCell({ header, look, sorting }: { header: Header<Features, TupleRow>; look: ColumnLook; sorting: SortingState }) {
  const { zone } = useView()
  const { column } = header
  const place = sorting.findIndex(({ id }) => id === column.id)
  const sorted = place < 0 ? null : sorting[place]!.desc ? 'descending' : 'ascending'
  const Sign = sorted === 'descending' ? ArrowDown : ArrowUp
  const field = fieldOf(look.field)
  const zoned = field.type === 'time' ? ` (${zone === 'utc' ? 'UTC' : zoneName(Date.now(), zone)})` : ''
  return (
    <th
      scope="col"
      aria-colindex={header.index + 2}
      aria-sort={sorted ?? 'none'}
      className={classNames(
        'flex min-w-0 items-stretch font-normal',
        look.arrow && 'pl-[18px]',
        look.left !== null && 'sticky z-2 bg-surface',
      )}
      style={look.left === null ? undefined : { left: look.left }}
    >
      <button
        type="button"
        onClick={column.getToggleSortingHandler()}
        title={`${field.label}: ${field.about}\nclick: sort · shift-click or ⇧ ↵: sort by this as well`}
        className={classNames(
          'flex min-w-0 flex-1 items-center gap-0.5 text-label -outline-offset-2 hover:bg-hover hover:text-ink',
          look.joined ? 'pr-1.5' : look.align === 'end' && look.field !== 'src' && look.field !== 'dst' ? 'px-1.5' : 'pl-1.5',
          look.align === 'end' && 'flex-row-reverse',
          sorted ? 'font-medium text-ink' : 'text-muted',
        )}
      >
        <span className="truncate">
          {look.joined ? <span className="text-faint">:</span> : null}
          {look.label === field.label || look.joined ? (
            look.label
          ) : (
            <>
              <span aria-hidden="true">{look.label}</span>
              <span className="sr-only">{field.label}</span>
            </>
          )}
          {zoned}
        </span>
        {sorted ? <Sign aria-hidden="true" size={12} className="shrink-0 text-accent" /> : null}
        {sorted && sorting.length > 1 ? (
          <span className="data text-[10px] text-accent">
            <span className="sr-only">, sorted by this as number </span>
            {place + 1}
          </span>
        ) : null}
      </button>
    </th>
  )
}

/** Names of the columns; a click sorts by one, with shift by one more. Stays in sight. */
export function TableHead({ headers, sorting }: { headers: readonly Header<Features, TupleRow>[]; sorting: SortingState }) {
  return (
    <thead className="sticky block top-0 z-10 bg-surface">
      <tr
        aria-rowindex={1}
        className="grid border-b border-line-strong"
        style={{ gridTemplateColumns: 'var(--columns)', height: HEAD_HEIGHT }}
      >
        <th scope="col" aria-colindex={1} className="sticky left-0 z-2 bg-surface">
          <span className="sr-only">Selected</span>
        </th>
        {headers.map((header) => (
          <HeadCell key={header.id} header={header} look={header.column.columnDef.meta!.look} sorting={sorting} />
        ))}
      </tr>
    </thead>
  )
}
