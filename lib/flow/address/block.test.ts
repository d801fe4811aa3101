import { expect, it } from 'vitest'
import { parseAddress, parseCidr } from './address'
import { blockOf, blockText, prefixOver } from './block'

it.each([
  ['45.155.205.9', '24', '45.155.205.0/24'],
  ['45.155.205.9', '16', '45.155.0.0/16'],
  ['255.255.255.255', '24', '255.255.255.0/24'],
  ['2001:db8:1:2:3::4', '24', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:3::4', '16', '2001:db8:1::/48'],
] as const)('%s lies, by /%s, in %s', (address, size, cidr) => {
  expect(blockText(parseAddress(address)!, size)).toBe(cidr)
  expect(blockOf(parseAddress(address)!, size)).toEqual(parseCidr(cidr))
})

it.each([
  ['10.0.0.4', '10.0.0.4', '10.0.0.4/32'],
  ['10.0.0.4', '10.0.0.7', '10.0.0.4/30'],
  ['10.0.0.1', '200.0.0.1', '0.0.0.0/0'],
  ['2001:db8::1', '2001:db9::1', '2001:db8::/31'],
])('%s to %s lie in %s', (low, high, cidr) => {
  expect(prefixOver(parseAddress(low)!, parseAddress(high)!)).toEqual(parseCidr(cidr))
})
