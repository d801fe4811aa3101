'use client'

import { useBasis } from '@/components/parts/answer/use-basis'
import { useView } from '@/components/parts/view/use-view'
import type { PinnedLink } from './pinned-link'

/**
 * Returns a function that makes a link of the answer shown: fixed times, only data flushed by then, and the fingerprint of its basis. Null without an answer.
 */
export function usePinLink(): () => Promise<PinnedLink | null> {
  const view = useView()
  const basis = useBasis()
  return async () => (await import('./pinned-link')).pinnedLink(view, basis)
}
