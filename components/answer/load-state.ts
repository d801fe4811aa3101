import type { Progress, ResolvedView } from '@/lib/flow/answers'

/**
 * Where the reading of the view's range stands: `blocked` nothing may be asked (the filter does not parse), `starting` too early to
 * tell, `reading`, `done`, `cancelled` by the reader, `failed` the stream broke: then each answer waits, and tells, for itself.
 */
export type LoadPhase = 'blocked' | 'starting' | 'reading' | 'done' | 'cancelled' | 'failed'

export interface LoadState {
  phase: LoadPhase
  /** The view as the server resolved it, or null so far. */
  view: ResolvedView | null
  progress: Progress | null
  cancel: () => void
  /** Reads what a cancelled load left. */
  resume: () => void
}
