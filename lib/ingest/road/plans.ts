import type { Blob } from '@/lib/flow/reading/blob'
import { type Need, needsOf } from '@/lib/ingest/read/plan'

/** Maximum number of ranges whose plans are remembered. */
const MOST = 32

/** Plans from listings. A plan is the same array as long as the sources return the same listings for its range. */
export class Plans {
  private readonly known = new Map<string, { listings: readonly (readonly Blob[])[]; needs: Need[] }>()

  needs(listings: readonly (readonly Blob[])[], { from, to }: { from: number; to: number }): Need[] {
    const key = `${from} ${to}`
    const known = this.known.get(key)
    if (known?.listings.length === listings.length && listings.every((listing, i) => listing === known.listings[i])) return known.needs
    const needs = needsOf(listings.flat(), from, to)
    if (this.known.size >= MOST) this.known.clear()
    this.known.set(key, { listings, needs })
    return needs
  }
}
