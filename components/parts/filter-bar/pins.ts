'use client'

import { useSyncExternalStore } from 'react'

/** Terms that stay in the filter on the way to another page, as typed. They are of one tab, and the link always shows all of the filter. */
const HELD = 'flowlens.pins'
const listeners = new Set<() => void>()

export function readPins(): string {
  return (typeof window === 'undefined' ? null : window.sessionStorage.getItem(HELD)) ?? '[]'
}

export function pinnedIn(held: string): string[] {
  const terms: unknown = JSON.parse(held)
  return Array.isArray(terms) ? terms.filter((term) => typeof term === 'string') : []
}

export function writePins(terms: readonly string[]): void {
  window.sessionStorage.setItem(HELD, JSON.stringify(terms))
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The pinned terms, and the function that pins or unpins one. */
export function usePins(): { isPinned: (term: string) => boolean; turn: (term: string) => void } {
  const held = useSyncExternalStore(subscribe, readPins, () => '[]')
  const terms = pinnedIn(held)
  return {
    isPinned: (term) => terms.includes(term),
    turn: (term) => writePins(terms.includes(term) ? terms.filter((one) => one !== term) : [...terms, term]),
  }
}
