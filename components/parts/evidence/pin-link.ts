'use client'

import { sendJson } from '@/components/parts/answer/fetch-answer'
import { useBasis } from '@/components/parts/answer/use-basis'
import { useView } from '@/components/parts/view/use-view'
import { allRead } from '@/lib/flow/answer/all-read'
import type { ProofAnswer } from '@/lib/flow/answer/evidence'
import { writeInstant } from '@/lib/link/keys/instant'

/** A link that gives the same answer later; `unproved` is the reason why it has no fingerprint, or null. */
interface PinnedLink {
  /** Path and query. */
  href: string
  unproved: string | null
}

/**
 * Returns a function that makes a link of the answer shown: fixed times, only data flushed by then, and the fingerprint of its basis. Null without an answer.
 */
export function usePinLink(): () => Promise<PinnedLink | null> {
  const { asked, data, href } = useView()
  const { view, coverage, at } = useBasis()
  return async () => {
    if (view === null || coverage === null || at === 0) return null
    const asof = writeInstant(asked.asof ?? Math.floor(at / 1000) * 1000)
    const pin = { from: view.from, to: view.to, last: null, asof, live: null, step: null }
    if (!allRead(coverage)) return { href: href(pin), unproved: 'not all of the range has been read' }
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
