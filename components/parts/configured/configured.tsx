'use client'

import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { useUnconfigured } from './use-unconfigured'

const SetUp = dynamic(() => import('./set-up').then((file) => file.SetUp), { ssr: false })

/** The page, or instructions if no source is configured. */
export function Configured({ children }: { children: ReactNode }) {
  return useUnconfigured() ? <SetUp /> : children
}
