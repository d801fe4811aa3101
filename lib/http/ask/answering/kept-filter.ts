import 'server-only'
import type { Filter } from '@/lib/flow/view/filter'
import { parseFilter } from '@/lib/link/language/parse'

/** Characters of all remembered filters together: two of the longest. */
const ROOM = 524_288

const kept = new Map<string, Filter | null>()
let held = 0

/** Parses a filter once for all queries of a page, because a long list takes longer to parse and prepare than many a query. */
export function keptFilter(text: string): Filter | null {
  const known = kept.get(text)
  if (known !== undefined) return known
  const filter = parseFilter(text)
  kept.set(text, filter)
  held += text.length
  for (const oldest of kept.keys()) {
    if (held <= ROOM) break
    kept.delete(oldest)
    held -= oldest.length
  }
  return filter
}
