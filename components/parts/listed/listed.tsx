'use client'

import dynamic from 'next/dynamic'
import { useContextNames } from '@/components/parts/whois/use-whois'

const ListedPanel = dynamic(() => import('./listed-panel').then((part) => part.ListedPanel), { ssr: false })

/** Addresses of the view that are on a list of the context files; nothing where there are no lists. */
export function Listed() {
  return useContextNames().includes('list') ? <ListedPanel /> : null
}
