'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { zoneName } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import { fieldOf } from '@/lib/flow/field/fields'
import { type ColumnLook, SELECT_WIDTH } from './columns/columns'
import type { ModelHeader, TupleModel } from './columns/model'

/** Pixels. */
export const HEAD_HEIGHT = 32

/** Pixels by which a key changes the width of a column. */
const STEP = 16

/** The edge of a column: drag to change its width, double click to fit its values. */
function Edge({ header }: { header: ModelHeader }) {
  const resize = header.getResizeHandler()
  return (
    <span
      aria-hidden="true"
      data-edge={header.column.id}
      onMouseDown={resize}
      onTouchStart={resize}
      onDoubleClick={() => header.column.resetSize()}
      title="drag: resize · double click: fit values"
      className={classNames(
        'absolute inset-y-1 right-0 z-1 w-2 cursor-col-resize touch-none border-r-2 hover:border-accent',
        header.column.getIsResizing() ? 'border-accent' : 'border-transparent',
      )}
    />
  )
}

function HeadCell({ header, look, table }: { header: ModelHeader; look: ColumnLook; table: TupleModel }) {
  const { zone } = useView()
  const { column } = header
  const way = column.getIsSorted()
  const sorted = way === false ? null : way === 'desc' ? 'descending' : 'ascending'
  const Sign = way === 'desc' ? ArrowDown : ArrowUp
  const pinned = column.getIsPinned() !== false
  const field = fieldOf(look.field)
  const zoned = field.type === 'time' ? ` (${zone === 'utc' ? 'UTC' : zoneName(Date.now(), zone)})` : ''
  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
    if (!event.shiftKey || by === undefined) return
    event.preventDefault()
    table.setColumnSizing((sizes) => ({ ...sizes, [column.id]: column.getSize() + by }))
  }
  return (
    <th
      scope="col"
      aria-colindex={header.index + 2}
      aria-sort={sorted ?? 'none'}
      className={classNames(
        'flex min-w-0 items-stretch font-normal',
        !pinned && 'relative',
        look.arrow && 'pl-[18px]',
        pinned && 'sticky z-2 bg-surface',
      )}
      style={pinned ? { left: SELECT_WIDTH + column.getStart('start') } : undefined}
    >
      <button
        type="button"
        onClick={column.getToggleSortingHandler()}
        onKeyDown={onKeyDown}
        aria-keyshortcuts="Shift+Enter Shift+ArrowLeft Shift+ArrowRight"
        title={`${field.label}: ${field.about}\nclick: sort · shift-click or ⇧ ↵: sort by this as well · ⇧ ← →: width`}
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
        {sorted && table.state.sorting.length > 1 ? (
          <span className="data text-[10px] text-accent">
            <span className="sr-only">, sorted by this as number </span>
            {column.getSortIndex() + 1}
          </span>
        ) : null}
      </button>
      <Edge header={header} />
    </th>
  )
}

/** The column heads: click to sort, shift-click to sort by one more, drag the edge to resize. Always visible. */
export function TableHead({ table, looks }: { table: TupleModel; looks: readonly ColumnLook[] }) {
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
        {table.getHeaderGroups()[0]!.headers.map((header, i) => (
          <HeadCell key={header.id} header={header} look={looks[i]!} table={table} />
        ))}
      </tr>
    </thead>
  )
}
