'use client'

import { type Updater, useTable } from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import { optionsNow, useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { useContextNames } from '@/components/parts/whois/use-whois'
import { useMedia } from '@/components/ui/size/use-media'
import type { ToldRow } from '@/lib/flow/answer/tuples/tuples'
import { COLUMN_FIELDS, type ColumnField, type RowField, type SortBy } from '@/lib/flow/field/fields'
import { COLUMN_WIDTH, type ColumnWidths } from '@/lib/link/keys/widths'
import { BESIDE, type ColumnLook, columnLooks, columnWidths, linkedColumns, NOTHING_BESIDE, shownColumns } from './columns/columns'
import { COLUMNS, features, type TupleModel } from './columns/model'
import type { ExplorerRows } from './rows/use-rows'

/** The rows are laid out apart: the table's own model would be made anew for all of them whenever some arrive. */
const NO_ROWS: ToldRow[] = []

/** Room for addresses in characters: at least `least`, so that columns keep their width when longer addresses arrive; on a narrow screen always `narrow`. */
const ROOM = { least: 12, narrow: 13 }

/** The column settings in the link: the shown ones in order, the pinned ones, and the widths that were set. */
interface Arrangement {
  shown: readonly ColumnField[]
  pins: readonly ColumnField[]
  widths: ColumnWidths
}

const sortingOf = (sort: readonly SortBy[]) => sort.map(({ field, descending }) => ({ id: field, desc: descending }))
const sortOf = (sorting: readonly { id: string; desc: boolean }[]): SortBy[] =>
  sorting.length === 0
    ? [{ field: 'time', descending: true }]
    : sorting.map(({ id, desc }) => ({ field: id as RowField, descending: desc }))

function applied<State>(update: Updater<State>, state: State): State {
  return typeof update === 'function' ? (update as (state: State) => State)(state) : update
}

/** The columns in the table's form. Pinned columns come first, hidden ones last. */
function columnState({ shown, pins }: Arrangement) {
  const pinned = shown.filter((field) => pins.includes(field))
  const others = shown.filter((field) => !pins.includes(field))
  const hidden = COLUMN_FIELDS.filter((field) => !shown.includes(field))
  return {
    columnOrder: [...pinned, ...others, ...hidden] as string[],
    columnVisibility: Object.fromEntries(hidden.map((field) => [field, false])),
    columnPinning: { start: pinned as string[], end: [] as string[] },
  }
}

/** The settings of the link; a change applies at once here and a moment later in the link. */
function useArrangement(narrow: boolean): [Arrangement, (change: Partial<Arrangement>) => void] {
  const { go } = useView()
  const { options, patch } = useOptions('tuples')
  const [cols, pins, widths] = [options.cols.join(), options.pins.join(), JSON.stringify(options.widths)]
  const linked = useMemo<Arrangement>(() => {
    const names = (text: string) => (text === '' ? [] : (text.split(',') as ColumnField[]))
    return { shown: shownColumns(names(cols), narrow), pins: narrow ? [] : names(pins), widths: JSON.parse(widths) }
  }, [cols, pins, widths, narrow])
  const [held, setHeld] = useState({ linked, now: linked })
  if (held.linked !== linked) setHeld({ linked, now: linked })
  function change(change: Partial<Arrangement>) {
    setHeld({ linked, now: { ...held.now, ...change } })
    go(
      patch({
        ...(change.shown && { cols: linkedColumns(change.shown) }),
        ...(change.pins && { pins: [...change.pins] }),
        ...(change.widths && { widths: change.widths }),
      }),
      { replace: true },
    )
  }
  return [held.now, change]
}

/** The columns of the table of tuples, their order and widths, and the sort, all of it in the link. `room` is the available width in pixels. */
export function useTupleModel({ answer, room }: { answer: ExplorerRows; room: number }): {
  table: TupleModel
  looks: readonly ColumnLook[]
  tight: boolean
} {
  const { go } = useView()
  const { options, patch } = useOptions('tuples')
  const narrow = !useMedia('(min-width: 640px)')
  const [arrangement, arrange] = useArrangement(narrow)
  const { longest } = answer

  const columns = useMemo(() => columnState(arrangement), [arrangement])
  const known = useContextNames().length > 0 && !narrow
  const src = narrow ? ROOM.narrow : Math.max(ROOM.least, longest.src)
  const dst = narrow ? ROOM.narrow : Math.max(ROOM.least, longest.dst)
  const looks = useMemo(() => {
    const { columnOrder, columnVisibility } = columns
    return columnLooks(
      columnOrder.filter((id) => columnVisibility[id] !== false) as ColumnField[],
      { src, dst },
      known ? BESIDE : NOTHING_BESIDE,
    )
  }, [columns, src, dst, known])
  const { widths: columnSizing, tight } = useMemo(() => columnWidths(looks, arrangement.widths, room), [looks, arrangement.widths, room])
  const sorting = useMemo(() => sortingOf(options.sort), [options.sort])

  const table = useTable({
    features,
    columns: COLUMNS,
    data: NO_ROWS,
    state: { ...columns, columnSizing, sorting },
    manualSorting: true,
    enableColumnPinning: !narrow,
    onSortingChange: (update) => go(patch({ sort: sortOf(applied(update, sortingOf(optionsNow('tuples').sort))) })),
    onColumnOrderChange: (update) => {
      const order = applied(update, columns.columnOrder)
      arrange({ shown: order.filter((id) => columns.columnVisibility[id] !== false) as ColumnField[] })
    },
    onColumnVisibilityChange: (update) => {
      const visible: Record<string, boolean> = applied(update, columns.columnVisibility)
      arrange({ shown: columns.columnOrder.filter((id) => visible[id] !== false) as ColumnField[] })
    },
    onColumnPinningChange: (update) => {
      const { start } = applied(update, columns.columnPinning)
      const unseen = arrangement.pins.filter((field) => !arrangement.shown.includes(field))
      arrange({ pins: [...(start as ColumnField[]), ...unseen] })
    },
    onColumnSizingChange: (update) => {
      const sizes: Record<string, number> = applied(update, columnSizing)
      const { widths } = arrangement
      const set = looks.flatMap(({ field }) => {
        const size = sizes[field]
        if (size === undefined) return []
        return size === columnSizing[field]
          ? [[field, widths[field]]]
          : [[field, Math.round(Math.min(COLUMN_WIDTH.most, Math.max(COLUMN_WIDTH.least, size)))]]
      })
      const next: ColumnWidths = Object.fromEntries(set.filter(([, width]) => width !== undefined))
      if (JSON.stringify(next) !== JSON.stringify(widths)) arrange({ widths: next })
    },
  })
  return { table, looks, tight }
}
