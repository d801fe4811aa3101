import 'server-only'
import type { Thresholds } from '@/lib/flow/finding/facts'
import { parseThresholds, ThresholdProblem } from '@/lib/flow/finding/thresholds'
import { Problem } from '@/lib/flow/problem'

/** @throws Problem `ask` with the position of a parameter that is unknown or out of its bounds. */
export function thresholdsOf(text: string): Thresholds {
  try {
    return parseThresholds(text)
  } catch (error) {
    if (error instanceof ThresholdProblem) throw new Problem('ask', `Key thresholds: ${error.message}`, { key: 'thresholds', at: error.at })
    throw error
  }
}
