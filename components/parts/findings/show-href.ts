import type { ViewState } from '@/components/parts/view/view-provider'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import { writeInstant } from '@/lib/link/keys/instant'

/** Returns a link to the explorer with exactly the finding's tuples. */
export function showHref({ href }: Pick<ViewState, 'href'>, { q, from, to }: Pick<Finding, 'q' | 'from' | 'to'>): string {
  return href(
    { q, from: writeInstant(Date.parse(from)), to: writeInstant(Date.parse(to)), last: null, off: null, live: null, step: null },
    '/explorer',
  )
}
