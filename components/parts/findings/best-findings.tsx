'use client'

import dynamic from 'next/dynamic'

const BestFindingsPanel = dynamic(() => import('./best-findings-panel').then((part) => part.BestFindingsPanel), { ssr: false })

/** The three best findings of the view, loaded after the rest of the page. Its height never changes, so that nothing below it moves. */
export function BestFindings() {
  return (
    <div className="grid h-26 print:h-auto">
      <BestFindingsPanel />
    </div>
  )
}
