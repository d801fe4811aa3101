'use client'

import type { RowSelectionState } from '@tanstack/react-table'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { formatCount } from '@/components/parts/format/number'
import { useToast } from '@/components/ui/toaster'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import type { ExplorerRows } from './use-rows'

/** Maximum number of rows that can be selected; for more there is the export. */
const MOST = 10_000
const TOO_MANY = `At most ${formatCount(MOST)} rows can be selected; an export has them all`

const NOTHING: ReadonlyMap<string, TupleRow> = new Map()

export interface PickedRows {
  /** By id, kept in memory wherever the table is scrolled. */
  rows: ReadonlyMap<string, TupleRow>
  /** The same in the table's form. */
  state: RowSelectionState
  /** Selects exactly these rows; those that are not in memory are left out. */
  set: (state: RowSelectionState) => void
  /** Toggles a row; with `through`, selects all rows from the one touched before. Stays the same function. */
  touch: (index: number, through: boolean) => void
}

/**
 * Selected rows of the list with this name, with their values, since the table keeps only some rows in memory. The selection survives paging and sorting;
 * another list starts without one.
 */
export function usePickedRows(answer: ExplorerRows, list: string): PickedRows {
  const say = useToast()
  const [held, setHeld] = useState({ list, rows: NOTHING })
  const anchor = useRef<{ list: string; id: string; index: number } | null>(null)
  const rows = held.list === list ? held.rows : NOTHING
  const state = useMemo<RowSelectionState>(() => Object.fromEntries([...rows.keys()].map((id) => [id, true as const])), [rows])

  function set(next: RowSelectionState) {
    const ids = Object.keys(next)
    if (ids.length > MOST) return say(TOO_MANY)
    const known = ids.flatMap((id) => rows.get(id) ?? answer.rows.at(answer.rows.indexOf(id)) ?? [])
    setHeld({ list, rows: new Map(known.map((row) => [row.id, row])) })
  }

  async function selectThrough(index: number, from: { id: string; index: number }) {
    const known = answer.rows.indexOf(from.id)
    const start = known < 0 ? from.index : known
    const [first, last] = start < index ? [start, index] : [index, start]
    if (rows.size + last - first >= MOST) return say(TOO_MANY)
    try {
      const between = await answer.slice(first, last + 1)
      setHeld((now) => ({
        list,
        rows: new Map([...(now.list === list ? now.rows : NOTHING), ...between.map((row) => [row.id, row] as const)]),
      }))
    } catch (error) {
      say(`The rows between could not be loaded: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  function toggle(index: number) {
    const tuple = answer.rows.at(index)
    if (tuple === undefined) return
    anchor.current = { list, id: tuple.id, index }
    const { [tuple.id]: selected, ...others } = state
    set(selected ? others : { ...state, [tuple.id]: true })
  }

  const latest = useRef((_index: number, _through: boolean) => {})
  useEffect(() => {
    latest.current = (index, through) => {
      if (through && anchor.current?.list === list) void selectThrough(index, anchor.current)
      else toggle(index)
    }
  })
  return { rows, state, set, touch: useCallback((index, through) => latest.current(index, through), []) }
}
