'use client'

import dynamic from 'next/dynamic'

/** The three best findings of the view, loaded after the rest of the page. */
export const BestFindings = dynamic(() => import('./best-findings-panel').then((part) => part.BestFindingsPanel), { ssr: false })
