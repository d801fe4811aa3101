import type { Plan, Progress, ResolvedView } from '@/lib/flow/answers'

/**
 * Where the reading of the view's range stands: `blocked` nothing may be asked (the filter does not parse, or the page is about no view), `starting` too early to
 * tell, `asking` it would read so much that the reader has to agree first, `reading`, `done`, `cancelled` by the reader, `unstarted` the stream broke
 * before it was known how much there is to read, `failed` it broke later: then each answer waits, and tells, for itself.
 */
export type LoadPhase = 'blocked' | 'starting' | 'asking' | 'reading' | 'done' | 'cancelled' | 'unstarted' | 'failed'

/** Phases in which answers tell what is here: nothing is read for them, and more may come. */
export const AS_IT_IS: readonly LoadPhase[] = ['asking', 'reading', 'cancelled', 'unstarted']

export interface LoadState {
  phase: LoadPhase
  /** The view as the server resolved it, or null so far. */
  view: ResolvedView | null
  progress: Progress | null
  /** What reading would take, when the reader was asked and has not agreed. */
  plan: Plan | null
  cancel: () => void
  /** Reads what a load left that was cancelled, or has not begun; this is the reader's agreement to its plan. */
  resume: () => void
}
