import { useSyncExternalStore } from 'react'

let lost = false
const listeners = new Set<() => void>()

function become(next: boolean): void {
  if (next === lost) return
  lost = next
  for (const listener of listeners) listener()
}

/** Notes whether the last request reached the server, whatever it answered. */
export function noteReached(reached: boolean): void {
  become(!reached)
}

function watch(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** True while requests do not reach the server. */
export function useIsLost(): boolean {
  return useSyncExternalStore(
    watch,
    () => lost,
    () => false,
  )
}

/** Checks whether the server answers. */
export async function probe(): Promise<boolean> {
  try {
    await fetch('/api/health/live', { cache: 'no-store' })
    noteReached(true)
  } catch {
    noteReached(false)
  }
  return !lost
}

/** True if a navigation might end in the browser's own error page. */
export function isDoubtful(): boolean {
  return lost || navigator.onLine === false
}
