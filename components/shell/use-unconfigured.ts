'use client'

import { useAnswer } from '@/components/answer/use-answer'

/** Whether the server said that it has no source. */
export function useUnconfigured(): boolean {
  return useAnswer('health').data?.status === 'unconfigured'
}
