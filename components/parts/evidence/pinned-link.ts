import { sendJson } from '@/components/parts/answer/fetch-answer'
import type { PageBasis } from '@/components/parts/answer/use-basis'
import type { useView } from '@/components/parts/view/use-view'
import { allRead } from '@/lib/flow/answer/all-read'
import type { ProofAnswer } from '@/lib/flow/answer/evidence/evidence'
import { type FieldName, isToldByFiles } from '@/lib/flow/field/fields'
import { writeInstant } from '@/lib/link/keys/instant'
import { VIEWS } from '@/lib/link/views'

/** A link that gives the same answer later; `unproved` is the reason why it has no fingerprint, or null. */
export interface PinnedLink {
  /** Path and query. */
  href: string
  unproved: string | null
}

/** True if a page shows context from files: as groups, columns or facets, or because it chooses its groups by context. */
function showsContext(link: string): boolean {
  const { pathname, searchParams } = new URL(link, window.location.origin)
  if (pathname === VIEWS.paths.page.path && !searchParams.has('by')) return true
  return ['by', 'cols', 'facets'].some((key) => (searchParams.get(key) ?? '').split(',').some((name) => isToldByFiles(name as FieldName)))
}

/** Makes a link of the answer shown, see `usePinLink`. */
export async function pinnedLink(
  { asked, data, href }: Pick<ReturnType<typeof useView>, 'asked' | 'data' | 'href'>,
  { view, coverage, at }: PageBasis,
): Promise<PinnedLink | null> {
  if (view === null || coverage === null || at === 0) return null
  const asof = writeInstant(asked.asof ?? Math.floor(at / 1000) * 1000)
  const pin = { from: view.from, to: view.to, last: null, asof, live: null, step: null }
  if (!allRead(coverage)) return { href: href(pin), unproved: 'not all of the range has been read' }
  const question = new URLSearchParams(data)
  question.delete('last')
  for (const key of ['from', 'to', 'asof'] as const) question.set(key, pin[key])
  try {
    const proved = await sendJson<ProofAnswer>('POST', 'evidence', { view: question.toString(), context: showsContext(href(pin)) })
    return { href: href({ ...pin, asof: proved.view.asof, proof: proved.proof }), unproved: null }
  } catch (error) {
    return { href: href(pin), unproved: error instanceof Error ? error.message : String(error) }
  }
}
