import { toHref } from '@/components/parts/view/patch'
import { chips, joinFilters } from '@/lib/link/editing/edit'
import { pinnedIn, readPins } from './pins'

/** The filter with the pinned terms that it lacks; as it is where it cannot be read. */
export function filled(q: string): string {
  try {
    const own = chips(q).map(({ text }) => text)
    return pinnedIn(readPins())
      .filter((term) => !own.includes(term))
      .reduce(joinFilters, q)
  } catch {
    return q
  }
}

/** A link to a page with the pinned terms in its filter. */
export function withPins(href: string): string {
  const [path = '/', query = ''] = href.split('?')
  const params = new URLSearchParams(query)
  const q = params.get('q') ?? ''
  const next = filled(q)
  if (next === q) return href
  params.set('q', next)
  params.delete('proof')
  return toHref(path, params)
}
