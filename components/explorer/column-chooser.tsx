'use client'

import { ChevronDown, ChevronUp, Columns3 } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { useOptions } from '@/components/view/use-options'
import { useView } from '@/components/view/use-view'
import { fieldOf, ROW_FIELDS, type RowField } from '@/lib/flow/fields'
import { arrangedColumns, linkedColumns, movedColumns } from './columns'
import { useColumns } from './use-columns'

function Item({ name, shown, onChange }: { name: RowField; shown: readonly RowField[]; onChange: (shown: readonly RowField[]) => void }) {
  const { label, about } = fieldOf(name)
  const place = shown.indexOf(name)
  const checked = place >= 0
  return (
    <li className="flex items-center rounded-md hover:bg-hover">
      <label className="flex min-h-7 min-w-0 flex-1 items-center gap-2 pl-1.5" title={about}>
        <input
          type="checkbox"
          checked={checked}
          disabled={checked && shown.length === 1}
          onChange={() => onChange(checked ? shown.filter((other) => other !== name) : [...shown, name])}
          className="size-3.5 shrink-0 accent-accent-fill"
        />
        <span className={checked ? 'truncate' : 'truncate text-muted'}>{label}</span>
      </label>
      {checked ? (
        <span className="flex shrink-0">
          <IconButton
            label={`Move ${label} to the left`}
            disabled={place === 0}
            className="size-7 disabled:opacity-25"
            onClick={() => onChange(movedColumns(shown, name, -1))}
          >
            <ChevronUp aria-hidden="true" size={14} />
          </IconButton>
          <IconButton
            label={`Move ${label} to the right`}
            disabled={place === shown.length - 1}
            className="size-7 disabled:opacity-25"
            onClick={() => onChange(movedColumns(shown, name, 1))}
          >
            <ChevronDown aria-hidden="true" size={14} />
          </IconButton>
        </span>
      ) : null}
    </li>
  )
}

/** Which columns the table shows, and in which order. The choice is part of the link. */
export function ColumnChooser() {
  const { go } = useView()
  const { options, patch } = useOptions('tuples')
  const linked = useColumns()
  const [followed, setFollowed] = useState(linked)
  const [shown, setShown] = useState(linked)
  if (followed !== linked) {
    setFollowed(linked)
    setShown(linked)
  }
  function change(next: readonly RowField[]) {
    setShown(next)
    go(patch({ cols: linkedColumns(next) }), { replace: true })
  }
  return (
    <Popover
      label="Columns"
      trigger={
        <Button look="ghost">
          <Columns3 aria-hidden="true" size={14} />
          Columns
          <span className="data text-faint">
            {shown.length}/{ROW_FIELDS.length}
          </span>
        </Button>
      }
    >
      <div className="w-64 max-w-full">
        <div className="flex items-center justify-between pb-1.5">
          <h2 className="text-title font-semibold">Columns</h2>
          <Button look="ghost" disabled={options.cols.length === 0} onClick={() => go(patch({ cols: [] }), { replace: true })}>
            Reset
          </Button>
        </div>
        <ul>
          {arrangedColumns(shown).map((name) => (
            <Item key={name} name={name} shown={shown} onChange={change} />
          ))}
        </ul>
      </div>
    </Popover>
  )
}
