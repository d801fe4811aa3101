'use client'

import { useAnswer } from '@/components/parts/answer/use-answer'

/** True if the server said that it has no source. */
export function useUnconfigured(): boolean {
  return useAnswer('health').data?.status === 'unconfigured'
}
