import { CircleSlash2, Cloud, Globe, House, Link2, RadioTower, RotateCw, Router } from 'lucide-react'
import { parseAddress } from '@/lib/flow/address/address'
import { type AddressScope, addressScope } from '@/lib/flow/address/scope'

const SCOPES: Readonly<Record<AddressScope, { Icon: typeof Globe; name: string; about: string }>> = {
  public: { Icon: Globe, name: 'public', about: 'an address of the internet' },
  private: { Icon: House, name: 'private', about: 'a private address (RFC 1918, RFC 4193)' },
  shared: { Icon: Router, name: 'shared', about: 'a provider’s shared address (RFC 6598)' },
  loopback: { Icon: RotateCw, name: 'loopback', about: 'the machine itself' },
  'link-local': { Icon: Link2, name: 'link-local', about: 'an address of one link only (RFC 3927, RFC 4291)' },
  multicast: { Icon: RadioTower, name: 'multicast', about: 'a group of receivers' },
  azure: { Icon: Cloud, name: 'Azure platform', about: 'Azure’s own address for DNS, DHCP and health probes' },
  reserved: { Icon: CircleSlash2, name: 'reserved', about: 'no address of a host' },
}

/** The kind of an address: an icon with a name, or words. */
export function ScopeMark({ address, words = false }: { address: string; words?: boolean }) {
  const value = parseAddress(address)
  if (value === null) return null
  const { Icon, name, about } = SCOPES[addressScope(value)]
  if (!words) {
    return (
      <span role="img" aria-label={name} title={`${name}: ${about}`} className="inline-flex shrink-0 text-faint">
        <Icon aria-hidden="true" size={13} />
      </span>
    )
  }
  return (
    <span className="inline-flex items-center gap-1.5 text-muted" title={about}>
      <Icon aria-hidden="true" size={14} className="shrink-0" />
      {name}
    </span>
  )
}
