'use client'

import { type ReactNode, useState } from 'react'
import { useBasis } from '@/components/parts/answer/use-basis'
import { late } from '@/components/ui/late'
import { HolesContext, NO_HOLES } from './use-holes'

const HolesQuestion = late(() => import('./holes-question').then((module) => module.HolesQuestion))

/** Requests the view's missing data once, after its figures, for all charts of the page. */
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
