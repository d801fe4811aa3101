'use client'

import { sendJson } from '@/components/answer/fetch-answer'
import { useBasis } from '@/components/answer/use-basis'
import { useView } from '@/components/view/use-view'
import type { ProofAnswer } from '@/lib/flow/evidence-answer'
import { writeInstant } from '@/lib/link/instant'

/** A link that gives the same answer later; `unproved` says why it has no fingerprint, or is null. */
interface PinnedLink {
  /** Path and query. */
  href: string
  unproved: string | null
}

/**
 * Makes the link of what is shown: fixed times, only what had been flushed when it was answered, and the fingerprint of what it rests on. Null while
 * there is no answer.
 */
export function usePinLink(): () => Promise<PinnedLink | null> {
  const { asked, data, href } = useView()
  const { view, coverage, at } = useBasis()
  return async () => {
    if (view === null || coverage === null || at === 0) return null
    const asof = writeInstant(asked.asof ?? Math.floor(at / 1000) * 1000)
    const pin = { from: view.from, to: view.to, last: null, asof, live: null, step: null }
    if (!coverage.complete) return { href: href(pin), unproved: 'not all of the range has been read' }
    const question = new URLSearchParams(data)
    question.delete('last')
    for (const key of ['from', 'to', 'asof'] as const) question.set(key, pin[key])
    try {
      const proved = await sendJson<ProofAnswer>('POST', 'evidence', { view: question.toString() })
      return { href: href({ ...pin, asof: proved.view.asof, proof: proved.proof }), unproved: null }
    } catch (error) {
      return { href: href(pin), unproved: error instanceof Error ? error.message : String(error) }
    }
  }
}
