'use client'

import dynamic from 'next/dynamic'
import { useView } from '@/components/view/use-view'

const FirstSteps = dynamic(() => import('./first-steps').then((module) => module.FirstSteps))

/** The first steps, fetched by those who take them. */
export function FirstStepsWhenAsked() {
  return useView().step > 0 ? <FirstSteps /> : null
}
