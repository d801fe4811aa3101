'use client'

import type { Coverage, ResolvedView } from '@/lib/flow/answers'
import { useAnswer } from './use-answer'

/** What every answer of the page rests on, taken from the timeline, which all pages ask. Null while there is none. */
export interface Basis {
  view: ResolvedView | null
  coverage: Coverage | null
  /** Tuples that the range and the filter leave. */
  matched: number | null
  /** When it was answered, epoch milliseconds. */
  at: number
  partial: boolean
  stale: boolean
  failed: boolean
}

export function useBasis(): Basis {
  const { data, error, at, partial, stale } = useAnswer('timeline')
  const matched = data?.buckets.reduce((sum, bucket) => sum + bucket.allow.tuples + bucket.deny.tuples, 0) ?? null
  return { view: data?.view ?? null, coverage: data?.coverage ?? null, matched, at, partial, stale, failed: error !== null }
}
