'use client'

import { createContext, useContext } from 'react'
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

export const HolesContext = createContext<Holes>(NO_HOLES)

/** What is missing of the view, as it is known so far. */
export function useHoles(): Holes {
  return useContext(HolesContext)
}
