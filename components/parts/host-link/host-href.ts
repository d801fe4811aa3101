import type { ViewState } from '@/components/parts/view/view-provider'
import { formatAddress, parseAddress } from '@/lib/flow/address/address'

/** Returns a link to the page about one address, with the current question; null if the text is not an address. */
export function hostHref(address: string, { href }: Pick<ViewState, 'href'>): string | null {
  const value = parseAddress(address)
  return value === null ? null : href({}, `/host/${formatAddress(value)}`)
}
