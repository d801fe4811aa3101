'use client'

import type { ReactNode } from 'react'
import { useAnswer } from '@/components/answer/use-answer'
import { SetUp } from './set-up'

/** The page, or how to configure a source when there is none. */
export function Configured({ children }: { children: ReactNode }) {
  const { data } = useAnswer('health')
  return data?.status === 'unconfigured' ? <SetUp /> : children
}
