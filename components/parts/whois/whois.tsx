'use client'

import { AMBIGUOUS } from '@/lib/flow/field/context'
import { useContextFiles } from './context-files'
import type { Short } from './known'
import { useWhois } from './use-whois'

/**
 * The context beside an address: its name or organisation, its country as a code, else its service tag, and its lists. Nothing if unknown. `short` leaves names
 * and tags to the tooltip, for narrow columns, or those of lists alone; `loud` uses the surrounding colour.
 */
export function Whois({ address, short = false, loud = false }: { address: string; short?: Short; loud?: boolean }) {
  const found = useWhois(address)
  const { Known } = useContextFiles()
  if (found === null || Known === null) return null
  const { name, org, country, tag, list } = found
  const isNamed = (name !== null && name !== AMBIGUOUS) || org !== null || tag.length > 0
  return isNamed || country !== null || list.length > 0 ? <Known found={found} short={short} loud={loud} /> : null
}
