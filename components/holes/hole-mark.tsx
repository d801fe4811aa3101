'use client'

import dynamic from 'next/dynamic'
import { useLoad } from '@/components/answer/load-provider'
import { useHoles } from './use-holes'

const HoleButton = dynamic(() => import('./hole-button').then((module) => module.HoleButton))

/**
 * Stands in the head of a panel whose charts touch a hole, and tells which, with the way to the coverage page. Nothing while the range is being read.
 * `brief` leaves the words to its name.
 */
export function HoleMark({ brief = false }: { brief?: boolean }) {
  const { phase } = useLoad()
  const { marks, unlisted } = useHoles()
  const holes = marks.filter(({ kind }) => kind === 'hole')
  if (phase === 'reading' || (holes.length === 0 && unlisted.length === 0)) return null
  return <HoleButton holes={holes} unlisted={unlisted} brief={brief} />
}
