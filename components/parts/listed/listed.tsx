'use client'

import { useContextNames } from '@/components/parts/whois/use-whois'
import { late } from '@/components/ui/late'

const ListedPanel = late(() => import('./listed-panel').then((part) => part.ListedPanel))

/** Addresses of the view that are on a list of the context files, in a place of fixed height; nothing without lists. */
export function Listed() {
  if (!useContextNames().includes('list')) return null
  return (
    <div className="grid h-26 max-sm:h-36 print:h-auto">
      <ListedPanel />
    </div>
  )
}
