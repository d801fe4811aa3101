'use client'

import type { ReactNode } from 'react'
import { SetUp } from './set-up'
import { useUnconfigured } from './use-unconfigured'

/** The page, or how to configure a source when there is none. */
export function Configured({ children }: { children: ReactNode }) {
  return useUnconfigured() ? <SetUp /> : children
}
