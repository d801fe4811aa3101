'use client'

import { Columns3 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { Segmented } from '@/components/ui/segmented'
import { useOptions } from '@/components/view/use-options'
import { useView } from '@/components/view/use-view'
import { ROW_FIELDS, type RowField } from '@/lib/flow/fields'
import { ColumnItem, type Place } from './column-item'
import { arrangedColumns, linkedColumns, movedColumns } from './columns'
import { ROW_HEIGHTS } from './row-height'
import { useColumns, useNarrow } from './use-columns'

const DENSITIES = [
  { value: 's', label: 'S', about: `Rows of ${ROW_HEIGHTS.s} pixels` },
  { value: 'm', label: 'M', about: `Rows of ${ROW_HEIGHTS.m} pixels` },
  { value: 'l', label: 'L', about: `Rows of ${ROW_HEIGHTS.l} pixels` },
] as const

/** Pinned columns stand before the others, so each moves among its own kind. */
function placeOf(name: RowField, shown: readonly RowField[], pinned: number): Place {
  const index = shown.indexOf(name)
  return {
    index,
    first: index === 0 || index === pinned,
    last: index === shown.length - 1 || index === pinned - 1,
    pinned: index >= 0 && index < pinned,
  }
}

function ColumnList() {
  const { go } = useView()
  const { options, patch } = useOptions('tuples')
  const linked = useColumns()
  const narrow = useNarrow()
  const [followed, setFollowed] = useState(linked)
  const [{ shown, pinned }, setPlaced] = useState(linked)
  const [dragged, setDragged] = useState<RowField | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const focused = useRef<string | null>(null)
  if (followed !== linked) {
    setFollowed(linked)
    setPlaced(linked)
  }
  useEffect(() => {
    if (focused.current === null || shown.length === 0) return
    list.current?.querySelector<HTMLElement>(focused.current)?.focus()
    focused.current = null
  }, [shown])

  function change(next: readonly RowField[]) {
    setPlaced({ shown: next, pinned: next.filter((name) => shown.indexOf(name) >= 0 && shown.indexOf(name) < pinned).length })
    go(patch({ cols: linkedColumns(next) }), { replace: true })
  }
  function move(name: RowField, by: number) {
    const active = document.activeElement
    const way = active instanceof HTMLElement ? active.dataset.way : undefined
    focused.current = `[data-column="${name}"] ${way === undefined ? 'input' : `[data-way="${way}"]`}`
    change(movedColumns(shown, name, by))
  }
  function pin(name: RowField) {
    const pins = options.pins.includes(name) ? options.pins.filter((other) => other !== name) : [...options.pins, name]
    go(patch({ pins }), { replace: true })
  }
  return (
    <ul ref={list}>
      {arrangedColumns(shown).map((name) => (
        <ColumnItem
          key={name}
          name={name}
          place={placeOf(name, shown, pinned)}
          pinnable={!narrow}
          only={shown.length === 1 && shown[0] === name}
          dragged={dragged !== null && dragged !== name}
          onShow={() => change(shown.includes(name) ? shown.filter((other) => other !== name) : [...shown, name])}
          onPin={() => pin(name)}
          onMove={(by) => move(name, by)}
          onDrag={setDragged}
          onDrop={() => dragged !== null && move(dragged, shown.indexOf(name) - shown.indexOf(dragged))}
        />
      ))}
    </ul>
  )
}

/** Which columns the table shows, in which order, which of them stay in sight, and how high its rows are: all of it part of the link. */
export function ColumnChooser() {
  const { go } = useView()
  const { options, patch } = useOptions('tuples')
  const { shown } = useColumns()
  const asAtFirst = options.cols.length === 0 && options.pins.length === 0
  return (
    <Popover
      label="Columns"
      trigger={
        <Button look="ghost">
          <Columns3 aria-hidden="true" size={14} />
          <span className="max-sm:sr-only">Columns</span>
          <span className="data text-faint max-sm:hidden">
            {shown.length}/{ROW_FIELDS.length}
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
            value={options.density}
            onChange={(density) => go(patch({ density }), { replace: true })}
          />
        </div>
        <div className="flex items-center justify-between pb-1.5">
          <h2 className="text-title font-semibold">Columns</h2>
          <Button look="ghost" disabled={asAtFirst} onClick={() => go(patch({ cols: [], pins: [] }), { replace: true })}>
            Reset
          </Button>
        </div>
        <ColumnList />
      </div>
    </Popover>
  )
}
