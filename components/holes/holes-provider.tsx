'use client'

import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { useAnswer } from '@/components/answer/use-answer'
import { useBasis } from '@/components/answer/use-basis'
import { type Mark, marksOf } from './words'

/** What charts mark of the view, and the range that it is about (epoch milliseconds). */
export interface Holes {
  marks: readonly Mark[]
  /** Sources that did not answer. */
  unlisted: readonly string[]
  from: number
  to: number
}

const NOTHING: Holes = { marks: [], unlisted: [], from: 0, to: 0 }

const HolesContext = createContext<Holes>(NOTHING)

/** Asks once for the view, after its figures, what is missing of them, for all charts of the page. */
export function HolesProvider({ children }: { children: ReactNode }) {
  const { coverage } = useBasis()
  const { data, stale } = useAnswer('holes', {}, { enabled: coverage !== null })
  const value = useMemo<Holes>(() => {
    if (data === undefined || stale) return NOTHING
    const { view, spans, cards, unlisted } = data
    return { marks: marksOf(spans, cards), unlisted, from: Date.parse(view.from), to: Date.parse(view.to) }
  }, [data, stale])
  return <HolesContext value={value}>{children}</HolesContext>
}

/** What is missing of the view, as it is known so far. */
export function useHoles(): Holes {
  return useContext(HolesContext)
}
