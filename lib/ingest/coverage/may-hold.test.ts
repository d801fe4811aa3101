import { expect, it } from 'vitest'
import { parseFilter } from '@/lib/link/language/parse'
import { type Card, mayHold } from './may-hold'

const CARD: Card = { log: { id: 'web-nsg-1a2b', name: 'WEB-NSG' }, mac: '00224891A3C4' }
const may = (q: string, card = CARD) => mayHold(parseFilter(q), card)

it('rules out NICs by MAC and by log id or name', () => {
  expect(may('mac:00224891A3C4')).toBe(true)
  expect(may('mac:00224891*')).toBe(true)
  expect(may('mac:000D3A*')).toBe(false)
  expect(may('log:web-nsg')).toBe(true)
  expect(may('log:web-nsg-1a2b')).toBe(true)
  expect(may('log:db-nsg,core*')).toBe(false)
  expect(may('not log:web-nsg')).toBe(false)
  expect(may('not mac:000D3A*')).toBe(true)
})

it('rules out nothing that depends on tuples', () => {
  expect(may('dport:22')).toBe(true)
  expect(may('not dport:22')).toBe(true)
  expect(may('dport:22 mac:000D3A*')).toBe(false)
  expect(may('dport:22 or mac:000D3A*')).toBe(true)
  expect(may('not (dport:22 or log:web-nsg)')).toBe(false)
  expect(may('(log:db-nsg or mac:000D3A*) dport:22')).toBe(false)
  expect(may('mac:000D3A*', { log: null, mac: null })).toBe(true)
})
