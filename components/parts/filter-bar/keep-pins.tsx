'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useView } from '@/components/parts/view/use-view'
import { chips } from '@/lib/link/editing/edit'
import { viewOfPath } from '@/lib/link/pages'
import { pinnedIn, readPins, writePins } from './pins'
import { filled } from './with-pins'

/** Brings the pinned terms along to another page; one that is taken out of the filter is no longer pinned, nor is one that an opened link lacks. */
export function KeepPins() {
  const path = usePathname()
  const { q, go, problem } = useView()
  const last = useRef<string | null>(null)
  useEffect(() => {
    const before = last.current
    last.current = path
    if (viewOfPath(path) === null || problem !== null) return
    if (before !== null && before !== path) {
      const next = filled(q)
      if (next !== q) go({ q: next }, { replace: true })
      return
    }
    const terms = pinnedIn(readPins())
    if (terms.length === 0) return
    const own = chips(q).map(({ text }) => text)
    const left = terms.filter((term) => own.includes(term))
    if (left.length < terms.length) writePins(left)
  }, [path, q, problem, go])
  return null
}
