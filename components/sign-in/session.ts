import { useSyncExternalStore } from 'react'

/**
 * What the answers so far say about the reader's session: `missing` nothing was ever answered, `over` it was, and is no more. Without sign-in every
 * answer says `held`.
 */
export type SessionState = 'unknown' | 'held' | 'missing' | 'over'

let state: SessionState = 'unknown'
const listeners = new Set<() => void>()

function become(next: SessionState): void {
  if (next === state) return
  state = next
  for (const listener of listeners) listener()
}

/** An answer came that only somebody with a session gets. */
export function noteAnswer(): void {
  become('held')
}

/** The server wants somebody to sign in first. */
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
