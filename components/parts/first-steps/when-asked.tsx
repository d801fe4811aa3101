'use client'

import { useView } from '@/components/parts/view/use-view'
import { late } from '@/components/ui/late'

const FirstSteps = late(() => import('./first-steps').then((module) => module.FirstSteps))

/** The first steps, loaded when the reader starts them. */
export function FirstStepsWhenAsked() {
  return useView().step > 0 ? <FirstSteps /> : null
}
