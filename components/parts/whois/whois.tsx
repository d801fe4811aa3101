'use client'

import dynamic from 'next/dynamic'
import { AMBIGUOUS } from '@/lib/flow/context'
import { useWhois } from './use-whois'

const Known = dynamic(() => import('./known').then((part) => part.Known), { ssr: false })

/**
 * Who an address is, beside it: its name or organisation, its country as a code, else its service tag, and lists that it is on. Nothing where nothing is
 * known. `short` leaves names and tags to the hover, for columns without room; `loud` takes the
 * colour of what is around it.
 */
export function Whois({ address, short = false, loud = false }: { address: string; short?: boolean; loud?: boolean }) {
  const found = useWhois(address)
  if (found === null) return null
  const { name, org, country, tag, list } = found
  const isNamed = (name !== null && name !== AMBIGUOUS) || org !== null || tag.length > 0
  return isNamed || country !== null || list.length > 0 ? <Known found={found} short={short} loud={loud} /> : null
}
