import { expect, it } from 'vitest'
import { decodeRule, shortResource } from './rule'

it.each([
  ['DefaultRule_DenyAllInBound', { name: 'DenyAllInBound', kind: 'default' }],
  ['UserRule_RDP', { name: 'RDP', kind: 'user' }],
  ['PlatformRule', { name: 'PlatformRule', kind: 'platform' }],
  ['unspecified', { name: 'unspecified', kind: 'unspecified' }],
  ['', { name: 'no rule named', kind: 'unspecified' }],
  ['BlockHighRiskTCPPortsFromInternet', { name: 'BlockHighRiskTCPPortsFromInternet', kind: null }],
])('reads the rule %s', (rule, read) => expect(decodeRule(rule)).toEqual(read))

it('takes the last part of a resource id', () => {
  expect(shortResource('/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/web-nsg')).toBe('web-nsg')
  expect(shortResource('00000000-1234-abcd-ef00-c1c2c3c4c5c6')).toBe('00000000-1234-abcd-ef00-c1c2c3c4c5c6')
  expect(shortResource('/')).toBe('/')
})
