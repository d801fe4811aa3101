'use client'

import { useLoad } from '@/components/parts/answer/load/load-provider'
import { useBasis } from '@/components/parts/answer/use-basis'
import { useView } from '@/components/parts/view/use-view'
import type { Range } from './range-math'

/** The resolved range: from the link if it is fixed, else as last given by the server; null before that. */
export function useRange(): Range | null {
  const { range } = useView().asked
  const load = useLoad()
  const basis = useBasis()
  if (range.kind === 'fixed' && range.to !== null) return { from: range.from, to: range.to }
  const view = basis.stale ? (load.view ?? basis.view) : (basis.view ?? load.view)
  return view === null ? null : { from: Date.parse(view.from), to: Date.parse(view.to) }
}
