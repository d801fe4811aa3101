import { expect, it } from 'vitest'
import { parseAddress } from './address'
import { type AddressScope, addressScope } from './scope'

/** The first and the last address of each block, and their neighbours outside. */
const cases: [string, AddressScope][] = [
  ['9.255.255.255', 'public'],
  ['10.0.0.0', 'private'],
  ['10.255.255.255', 'private'],
  ['11.0.0.0', 'public'],
  ['172.15.255.255', 'public'],
  ['172.16.0.0', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.0', 'public'],
  ['192.167.255.255', 'public'],
  ['192.168.0.0', 'private'],
  ['192.169.0.0', 'public'],
  ['100.63.255.255', 'public'],
  ['100.64.0.0', 'shared'],
  ['100.127.255.255', 'shared'],
  ['100.128.0.0', 'public'],
  ['127.0.0.1', 'loopback'],
  ['128.0.0.0', 'public'],
  ['169.254.169.254', 'link-local'],
  ['169.255.0.0', 'public'],
  ['168.63.129.15', 'public'],
  ['168.63.129.16', 'azure'],
  ['223.255.255.255', 'public'],
  ['224.0.0.0', 'multicast'],
  ['239.255.255.255', 'multicast'],
  ['240.0.0.0', 'reserved'],
  ['255.255.255.255', 'reserved'],
  ['0.0.0.0', 'reserved'],
  ['::', 'reserved'],
  ['::1', 'loopback'],
  ['::2', 'public'],
  ['::ffff:10.0.0.1', 'private'],
  ['fbff::', 'public'],
  ['fc00::', 'private'],
  ['fdff:ffff::1', 'private'],
  ['fe00::', 'public'],
  ['fe80::1', 'link-local'],
  ['fec0::', 'public'],
  ['ff02::1', 'multicast'],
  ['2001:db8::1', 'public'],
]

it.each(cases)('%s is %s', (text, scope) => expect(addressScope(parseAddress(text)!)).toBe(scope))
