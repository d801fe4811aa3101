'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { formatCount } from '@/components/format/number'
import { useToast } from '@/components/ui/toaster'
import type { TupleRow } from '@/lib/flow/answers'
import type { Rows } from './use-rows'

/** More than this is a matter for the export. Rows. */
const MOST = 10_000
const TOO_MANY = `At most ${formatCount(MOST)} rows can be selected; an export has them all`

const NOTHING: ReadonlyMap<string, TupleRow> = new Map()

export interface Selection {
  /** By id, in memory wherever the table stands. */
  rows: ReadonlyMap<string, TupleRow>
  /** Selects a row or takes it back; with `through`, selects all rows from the one touched before. Stays the same function. */
  touch: (index: number, through: boolean) => void
  clear: () => void
}

/** Rows that are picked out of the list of this name. They stay while the table pages and is sorted anew; another list begins with none. */
export function useSelection(answer: Rows, list: string): Selection {
  const say = useToast()
  const [held, setHeld] = useState({ list, rows: NOTHING })
  const anchor = useRef<{ list: string; id: string; index: number } | null>(null)
  const selected = held.list === list ? held.rows : NOTHING

  function toggle(index: number) {
    const tuple = answer.rows.at(index)
    if (tuple === undefined) return
    anchor.current = { list, id: tuple.id, index }
    const rows = new Map(selected)
    if (!rows.delete(tuple.id)) {
      if (rows.size === MOST) return say(TOO_MANY)
      rows.set(tuple.id, tuple)
    }
    setHeld({ list, rows })
  }

  async function selectThrough(index: number, from: { id: string; index: number }) {
    const known = answer.rows.indexOf(from.id)
    const start = known < 0 ? from.index : known
    const [first, last] = start < index ? [start, index] : [index, start]
    if (selected.size + last - first >= MOST) return say(TOO_MANY)
    try {
      const between = await answer.slice(first, last + 1)
      setHeld((now) => ({
        list,
        rows: new Map([...(now.list === list ? now.rows : NOTHING), ...between.map((row) => [row.id, row] as const)]),
      }))
    } catch (error) {
      say(`The rows between did not come: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  const latest = useRef((_index: number, _through: boolean) => {})
  useEffect(() => {
    latest.current = (index, through) => {
      if (through && anchor.current?.list === list) void selectThrough(index, anchor.current)
      else toggle(index)
    }
  })
  return {
    rows: selected,
    touch: useCallback((index, through) => latest.current(index, through), []),
    clear: () => setHeld({ list, rows: NOTHING }),
  }
}
