import { useSyncExternalStore } from 'react'

/**
 * State of the reader's session as seen in answers: `missing` no request was ever answered, `over` requests were answered, and no longer are. Without sign-in,
 * it is always `held`.
 */
export type SessionState = 'unknown' | 'held' | 'missing' | 'over'

let state: SessionState = 'unknown'
const listeners = new Set<() => void>()

function become(next: SessionState): void {
  if (next === state) return
  state = next
  for (const listener of listeners) listener()
}

/** Notes an answer that only a session gets. */
export function noteAnswer(): void {
  become('held')
}

/** Notes that the server requires a sign-in. */
export function noteRefusal(): void {
  become(state === 'held' || state === 'over' ? 'over' : 'missing')
}

function watch(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSession(): SessionState {
  return useSyncExternalStore(
    watch,
    () => state,
    () => 'unknown',
  )
}
