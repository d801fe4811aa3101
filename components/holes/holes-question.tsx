'use client'

import { useEffect } from 'react'
import { useAnswer } from '@/components/answer/use-answer'
import { marksOf } from './marks'
import { type Holes, NO_HOLES } from './use-holes'

/** Asks what is missing of the view, and hands it over; nothing while it answers another question. */
export function HolesQuestion({ onHoles }: { onHoles: (holes: Holes) => void }) {
  const { data, stale } = useAnswer('holes')
  useEffect(() => {
    if (data === undefined || stale) return
    const { view, spans, cards, unlisted } = data
    onHoles({ marks: marksOf(spans, cards), unlisted, from: Date.parse(view.from), to: Date.parse(view.to) })
    return () => onHoles(NO_HOLES)
  }, [data, stale, onHoles])
  return null
}
