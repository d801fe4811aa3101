import type { ViewState } from '@/components/view/view-provider'
import { formatAddress, parseAddress } from '@/lib/flow/address'

/** The page about one address, with the question of the link it is asked from; null when the text is no address. */
export function hostHref(address: string, { href }: Pick<ViewState, 'href'>): string | null {
  const value = parseAddress(address)
  return value === null ? null : href({}, `/host/${formatAddress(value)}`)
}
