import type { ViewState } from '@/components/parts/view/view-provider'
import type { Finding } from '@/lib/flow/answer/findings'
import { writeInstant } from '@/lib/link/keys/instant'

/** The explorer with the finding's tuples and no others. */
export function showHref({ href }: Pick<ViewState, 'href'>, { q, from, to }: Pick<Finding, 'q' | 'from' | 'to'>): string {
  return href(
    { q, from: writeInstant(Date.parse(from)), to: writeInstant(Date.parse(to)), last: null, off: null, live: null, step: null },
    '/explorer',
  )
}
