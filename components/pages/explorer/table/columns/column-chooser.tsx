'use client'

import { Columns3 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { useContextNames } from '@/components/parts/whois/use-whois'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { Segmented } from '@/components/ui/segmented'
import type { ContextName } from '@/lib/flow/field/context'
import { type ColumnField, fieldOf, ROW_FIELDS } from '@/lib/flow/field/fields'
import { ColumnItem } from './column-item'
import { ROW_HEIGHTS } from './columns'
import type { ModelColumn, TupleModel } from './model'

const DENSITIES = [
  { value: 's', label: 'S', about: `Rows of ${ROW_HEIGHTS.s} pixels` },
  { value: 'm', label: 'M', about: `Rows of ${ROW_HEIGHTS.m} pixels` },
  { value: 'l', label: 'L', about: `Rows of ${ROW_HEIGHTS.l} pixels` },
] as const

const isMovable = (columns: readonly ModelColumn[], at: number, by: -1 | 1) =>
  columns[at + by]?.getIsVisible() === true && columns[at + by]!.getIsPinned() === columns[at]!.getIsPinned()

/** True for fields of rows, and for context fields that the context files provide. */
function isTold(id: string, told: readonly ContextName[]): boolean {
  const { context } = fieldOf(id as ColumnField)
  return context === undefined || told.includes(context.name)
}

function ColumnList({ table }: { table: TupleModel }) {
  const told = useContextNames()
  const columns = table.getAllLeafColumns().filter((column) => column.getIsVisible() || isTold(column.id, told))
  const order = columns.map(({ id }) => id)
  const places = order.join()
  const [dragged, setDragged] = useState<string | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const focused = useRef<string | null>(null)
  const shown = table.getVisibleLeafColumns().length
  useEffect(() => {
    if (focused.current === null || places === '') return
    list.current?.querySelector<HTMLElement>(focused.current)?.focus()
    focused.current = null
  }, [places])

  function moveTo(id: string, place: number) {
    const active = document.activeElement
    const way = active instanceof HTMLElement ? active.dataset.way : undefined
    focused.current = `[data-column="${id}"] ${way === undefined ? 'input' : `[data-way="${way}"]`}`
    table.setColumnOrder(order.filter((other) => other !== id).toSpliced(place, 0, id))
  }
  return (
    <ul ref={list}>
      {columns.map((column, at) => (
        <ColumnItem
          key={column.id}
          column={column}
          up={isMovable(columns, at, -1)}
          down={isMovable(columns, at, 1)}
          only={shown === 1 && column.getIsVisible()}
          dragged={dragged !== null && dragged !== column.id}
          onMove={(by) => moveTo(column.id, at + by)}
          onDrag={setDragged}
          onDrop={() => dragged !== null && moveTo(dragged, at)}
        />
      ))}
    </ul>
  )
}

/** Settings of the table: its columns, their order, the pinned ones, and the height of rows. The link holds all of it. */
export function ColumnChooser({ table }: { table: TupleModel }) {
  const { go } = useView()
  const { options, patch } = useOptions('tuples')
  const { cols, pins, widths, density } = options
  const asAtFirst = cols.length === 0 && pins.length === 0 && Object.keys(widths).length === 0
  return (
    <Popover
      label="Columns"
      trigger={
        <Button look="ghost">
          <Columns3 aria-hidden="true" size={14} />
          <span className="max-sm:sr-only">Columns</span>
          <span className="data text-faint max-sm:hidden">
            {table.getVisibleLeafColumns().length}/{ROW_FIELDS.length}
          </span>
        </Button>
      }
    >
      <div className="w-72 max-w-full">
        <div className="flex items-center justify-between pb-2">
          <h2 className="text-title font-semibold">Row height</h2>
          <Segmented
            label="Row height"
            choices={DENSITIES}
            value={density}
            onChange={(next) => go(patch({ density: next }), { replace: true })}
          />
        </div>
        <div className="flex items-center justify-between pb-1.5">
          <h2 className="text-title font-semibold">Columns</h2>
          <Button look="ghost" disabled={asAtFirst} onClick={() => go(patch({ cols: [], pins: [], widths: {} }), { replace: true })}>
            Reset
          </Button>
        </div>
        <ColumnList table={table} />
      </div>
    </Popover>
  )
}
