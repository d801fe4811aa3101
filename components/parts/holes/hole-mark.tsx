'use client'

import { useLoad } from '@/components/parts/answer/load/load-provider'
import { late } from '@/components/ui/late'
import { useHoles } from './use-holes'

const HoleButton = late(() => import('./hole-button').then((module) => module.HoleButton))

/**
 * Marks a panel whose charts touch a hole, with the list of holes. Nothing while the range is being read. `brief` shows the words only in its accessible name.
 */
export function HoleMark({ brief = false }: { brief?: boolean }) {
  const { phase } = useLoad()
  const { marks, unlisted } = useHoles()
  const holes = marks.filter(({ kind }) => kind === 'hole' || kind === 'silent')
  if (phase === 'reading' || (holes.length === 0 && unlisted.length === 0)) return null
  return <HoleButton holes={holes} unlisted={unlisted} brief={brief} />
}
