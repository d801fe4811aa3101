'use client'

import type { ReactNode } from 'react'
import { SetUp } from './set-up'
import { useUnconfigured } from './use-unconfigured'

/** The page, or instructions if no source is configured. */
export function Configured({ children }: { children: ReactNode }) {
  return useUnconfigured() ? <SetUp /> : children
}
