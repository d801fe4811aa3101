'use client'

import { AMBIGUOUS } from '@/lib/flow/field/context'
import { useWhois } from './use-whois'

/** Returns the label of an address in a drawing: with the lists that it is on, else with its name or organisation. */
export function useAddressLabel(address: string, { withOrg }: { withOrg: boolean }): { text: string; isListed: boolean } {
  const found = useWhois(address)
  const [list, ...more] = found?.list ?? []
  if (list !== undefined) return { text: `${address} on list ${list}${more.length > 0 ? ` +${more.length}` : ''}`, isListed: true }
  const name = found?.name === AMBIGUOUS ? null : found?.name
  const known = name ?? (withOrg ? found?.org : null) ?? null
  return { text: known === null ? address : `${address} ${known}`, isListed: false }
}
