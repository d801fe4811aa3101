'use client'

import { PatchLink } from '@/components/parts/view/patch-link'
import { useView } from '@/components/parts/view/use-view'
import { correctionsOf } from '@/lib/link/editing/corrections'

/** Suggestions for a valid filter that probably means something else. */
export function Corrections() {
  const { q, problem } = useView()
  const found = problem === null ? correctionsOf(q) : []
  if (found.length === 0) return null
  return (
    <ul aria-label="Corrections" className="flex flex-wrap gap-x-4 px-3 pt-1 text-label text-caution sm:px-4">
      {found.map(({ typed, means, instead, q: corrected }) => (
        <li key={`${typed} ${instead}`} className="flex min-h-7 flex-wrap items-center gap-x-1.5">
          {means}. Did you mean
          <PatchLink
            patch={{ q: corrected }}
            className="data inline-flex min-h-7 items-center rounded-sm text-accent underline underline-offset-3"
          >
            {instead}
          </PatchLink>
          ?
        </li>
      ))}
    </ul>
  )
}
