import { expect, it } from 'vitest'
import { addressOf, typedPart } from './address-of'

it.each([
  ['10.0.0.4', '10.0.0.4'],
  ['2001%3ADB8%3A%3A1', '2001:db8::1'],
  ['[2001:db8:0::1]', '2001:db8::1'],
  ['::ffff:10.0.0.4', '10.0.0.4'],
  ['10.0.0.0%2F8', null],
  ['999.1.1.1', null],
  ['%E0%A4%A', null],
])('%s names %s', (part, address) => expect(addressOf(part)).toBe(address))

it('shows the typed text', () => {
  expect(typedPart('not%20an%20address')).toBe('not an address')
  expect(typedPart('%E0%A4%A')).toBe('%E0%A4%A')
})
