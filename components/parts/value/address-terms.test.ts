import { expect, it } from 'vitest'
import { parseFilter } from '@/lib/link/language/parse'
import { printFilter } from '@/lib/link/language/print'
import { terms } from './address-terms'

it.each([
  [{ src: '10.0.0.4', action: 'deny', dport: 3389, proto: 'tcp' }, 'src:10.0.0.4 action:deny dport:3389 proto:tcp'],
  [{ ip: '2001:db8::1', mac: '' }, 'ip:2001:db8::1 mac:""'],
  [{ rule: 'a b*"c"', acl: '' }, 'rule:"a b*\\"c\\"" acl:""'],
  [{ dst: '10.0.0.4', proto: 'ESP' }, 'dst:10.0.0.4 proto:"ESP"'],
])('%o is written as the language reads it', (values, text) => {
  expect(terms(values)).toBe(text)
  expect(printFilter(parseFilter(text)).toLowerCase()).toBe(text.toLowerCase())
})
