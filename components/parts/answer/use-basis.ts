'use client'

import type { Coverage, ResolvedView } from '@/lib/flow/answer/answer'
import { useAnswer } from './use-answer'

/** The basis of all answers of the page, taken from the timeline, which all pages request. Null without one. */
export interface PageBasis {
  view: ResolvedView | null
  coverage: Coverage | null
  /** Tuples that match the range and the filter. */
  matched: number | null
  /** Time of the answer, epoch milliseconds. */
  at: number
  partial: boolean
  asking: boolean
  stale: boolean
  failed: boolean
}

export function useBasis(): PageBasis {
  const { data, error, at, partial, asking, stale } = useAnswer('timeline')
  const matched = data?.buckets.reduce((sum, bucket) => sum + bucket.allow.tuples + bucket.deny.tuples, 0) ?? null
  return { view: data?.view ?? null, coverage: data?.coverage ?? null, matched, at, partial, asking, stale, failed: error !== null }
}
