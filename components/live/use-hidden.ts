'use client'

import { useSyncExternalStore } from 'react'

function watch(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed)
  return () => document.removeEventListener('visibilitychange', changed)
}

/** Whether the tab is out of sight. */
export function useHidden(): boolean {
  return useSyncExternalStore(
    watch,
    () => document.hidden,
    () => false,
  )
}
