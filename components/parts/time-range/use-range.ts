'use client'

import { useEffect, useRef } from 'react'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { useBasis } from '@/components/parts/answer/use-basis'
import { useView } from '@/components/parts/view/use-view'
import type { TimeSpan } from './range-math'

/** The resolved range: from the link if it is fixed, else as last given by the server, also while a filter is refused; null before that. */
export function useRange(): TimeSpan | null {
  const { range } = useView().asked
  const load = useLoad()
  const basis = useBasis()
  const known = useRef<{ of: string; range: TimeSpan } | null>(null)
  const of = JSON.stringify(range)
  const view = basis.stale ? (load.view ?? basis.view) : (basis.view ?? load.view)
  const found =
    range.kind === 'fixed' && range.to !== null
      ? { from: range.from, to: range.to }
      : view === null
        ? null
        : { from: Date.parse(view.from), to: Date.parse(view.to) }
  useEffect(() => {
    if (found !== null) known.current = { of, range: found }
  })
  return found ?? (known.current?.of === of ? known.current.range : null)
}
