import type { ResolvedView } from '@/lib/flow/answer/answer'
import type { Progress } from '@/lib/flow/answer/read/load'
import type { Plan } from '@/lib/flow/answer/read/plan'

/**
 * Phase of reading the view's range: `blocked` no query may run (the filter does not parse, or the page has no view), `starting` too early to tell, `asking`
 * the reader has to agree to read so much, `reading`, `done`, `cancelled` by the reader, `unstarted` the stream broke before the plan was known, `failed` it
 * broke later: then each answer waits and reports for itself.
 */
export type LoadPhase = 'blocked' | 'starting' | 'asking' | 'reading' | 'done' | 'cancelled' | 'unstarted' | 'failed'

/** Phases in which answers show what is cached: nothing is read for them, and more may come. */
export const AS_IT_IS: readonly LoadPhase[] = ['asking', 'reading', 'cancelled', 'unstarted']

export interface LoadState {
  phase: LoadPhase
  /** The view as resolved by the server, or null before. */
  view: ResolvedView | null
  progress: Progress | null
  /** The plan of the load, if the reader has to agree and has not yet. */
  plan: Plan | null
  cancel: () => void
  /** Reads missing data again, and requests all answers again once that has ended. If there is a plan, this is the reader's agreement to it. */
  resume: () => void
}
