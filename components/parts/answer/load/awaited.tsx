'use client'

import type { ReactNode } from 'react'
import { useLoad } from './load-provider'

/** The placeholder of an answer that is on its way; words while no query may run, since none is. */
export function Awaited({ children }: { children: ReactNode }) {
  return useLoad().phase === 'blocked' ? <p className="text-label text-muted">no query run</p> : children
}
