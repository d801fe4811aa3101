import { expect, test } from 'vitest'
import { networkOf } from './address'

test.each([
  ['10.1.2.3', '10.1.2.0/24'],
  ['255.255.255.255', '255.255.255.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['::1', '::/64'],
  ['::ffff:10.1.2.3', '10.1.2.0/24'],
  ['10.1.2.0/24', null],
  ['UserRule_Web', null],
])('the network of %s is %s', (text, network) => expect(networkOf(text)).toBe(network))
