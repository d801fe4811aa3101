'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
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
  /** Selects none. */
  clear: () => void
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
    const next = new Map(rows)
    if (!next.delete(tuple.id)) next.set(tuple.id, tuple)
    if (next.size > MOST) return say(TOO_MANY)
    setHeld({ list, rows: next })
  }

  const latest = useRef((_index: number, _through: boolean) => {})
  useEffect(() => {
    latest.current = (index, through) => {
      if (through && anchor.current?.list === list) void selectThrough(index, anchor.current)
      else toggle(index)
    }
  })
  return { rows, clear: () => setHeld({ list, rows: NOTHING }), touch: useCallback((index, through) => latest.current(index, through), []) }
}
