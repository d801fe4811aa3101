'use client'

import { late } from '@/components/ui/late'

const BestFindingsPanel = late(() => import('./best-findings-panel').then((part) => part.BestFindingsPanel))

/** The three best findings of the view, loaded after the rest of the page. Its height never changes, so that nothing below it moves. */
export function BestFindings() {
  return (
    <div className="grid h-26 print:h-auto">
      <BestFindingsPanel />
    </div>
  )
}
