'use client'

import { useEffect } from 'react'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { allMarks } from './marks'
import { type Holes, NO_HOLES } from './use-holes'

/** Requests the view's missing data and passes it on; nothing while the answer is for another question. */
export function HolesQuestion({ onHoles }: { onHoles: (holes: Holes) => void }) {
  const { data, stale } = useAnswer('holes')
  useEffect(() => {
    if (data === undefined || stale) return
    const { view, unlisted } = data
    onHoles({ marks: allMarks(data), unlisted, from: Date.parse(view.from), to: Date.parse(view.to) })
    return () => onHoles(NO_HOLES)
  }, [data, stale, onHoles])
  return null
}
