'use client'

import dynamic from 'next/dynamic'
import { useView } from '@/components/parts/view/use-view'

const FirstSteps = dynamic(() => import('./first-steps').then((module) => module.FirstSteps), { ssr: false })

/** The first steps, loaded when the reader starts them. */
export function FirstStepsWhenAsked() {
  return useView().step > 0 ? <FirstSteps /> : null
}
