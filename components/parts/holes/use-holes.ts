'use client'

import { createContext, useContext } from 'react'
import type { Mark } from './marks'

/** The marks of the view, and its range (epoch milliseconds). */
export interface Holes {
  marks: readonly Mark[]
  /** Sources that could not be listed completely. */
  unlisted: readonly string[]
  from: number
  to: number
}

export const NO_HOLES: Holes = { marks: [], unlisted: [], from: 0, to: 0 }

export const HolesContext = createContext<Holes>(NO_HOLES)

/** The view's missing data, as far as it is known. */
export function useHoles(): Holes {
  return useContext(HolesContext)
}
