'use client'

import dynamic from 'next/dynamic'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { useBasis } from '@/components/answer/use-basis'
import type { Mark } from './marks'

/** What charts mark of the view, and the range that it is about (epoch milliseconds). */
export interface Holes {
  marks: readonly Mark[]
  /** Sources that did not answer. */
  unlisted: readonly string[]
  from: number
  to: number
}

export const NO_HOLES: Holes = { marks: [], unlisted: [], from: 0, to: 0 }

const HolesQuestion = dynamic(() => import('./holes-question').then((module) => module.HolesQuestion), { ssr: false })

const HolesContext = createContext<Holes>(NO_HOLES)

/** Asks once for the view, after its figures, what is missing of them, for all charts of the page. */
export function HolesProvider({ children }: { children: ReactNode }) {
  const { coverage } = useBasis()
  const [holes, setHoles] = useState(NO_HOLES)
  return (
    <HolesContext value={holes}>
      {coverage === null ? null : <HolesQuestion onHoles={setHoles} />}
      {children}
    </HolesContext>
  )
}

/** What is missing of the view, as it is known so far. */
export function useHoles(): Holes {
  return useContext(HolesContext)
}
