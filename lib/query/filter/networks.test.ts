import { expect, it } from 'vitest'
import { formatAddress, parseCidr } from '@/lib/flow/address/address'
import { networksOver } from './networks'

const all = (cidr: string) => networksOver(parseCidr(cidr)!, '24').map(({ first, last }) => [formatAddress(first), formatAddress(last)])

it('separates the families', () => {
  expect(all('10.0.0.7')).toEqual([['10.0.0.0', '10.0.0.255']])
  expect(all('::1')).toEqual([
    ['::', '::fffe:ffff:ffff'],
    ['::1:0:0:0', '::ffff:ffff:ffff:ffff'],
  ])
  expect(all('::/64')).toEqual(all('::1'))
})
