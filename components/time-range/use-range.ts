'use client'

import { useLoad } from '@/components/answer/load-provider'
import { useBasis } from '@/components/answer/use-basis'
import { useView } from '@/components/view/use-view'
import type { Range } from './range-math'

/** The range as resolved: from the link when it is fixed, else as the server told it last; null before that. */
export function useRange(): Range | null {
  const { range } = useView().asked
  const load = useLoad()
  const basis = useBasis()
  if (range.kind === 'fixed' && range.to !== null) return { from: range.from, to: range.to }
  const view = basis.stale ? (load.view ?? basis.view) : (basis.view ?? load.view)
  return view === null ? null : { from: Date.parse(view.from), to: Date.parse(view.to) }
}
