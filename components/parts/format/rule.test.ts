import { expect, it } from 'vitest'
import { aclName, shortResource } from './resource'
import { decodeRule, describeRule } from './rule'

it.each([
  ['DefaultRule_DenyAllInBound', { name: 'DenyAllInBound', kind: 'default' }],
  ['UserRule_RDP', { name: 'RDP', kind: 'user' }],
  ['UserRule_', { name: 'UserRule_', kind: 'user' }],
  ['UserRule', { name: 'User rule, not named', kind: 'user' }],
  ['DefaultRule', { name: 'Default rule, not named', kind: 'default' }],
  ['UserRule_MicrosoftDefenderForCloud-JITRule_-1838_0F2C4D6E8A9B4C5D8E7F60718293A4B5', { name: 'Just-in-time rule -1838', kind: 'user' }],
  ['UserRule_MicrosoftDefenderForCloud-JITRule_7_0f2c4d6e-8a9b-4c5d-8e7f-60718293a4b5', { name: 'Just-in-time rule 7', kind: 'user' }],
  ['PlatformRule', { name: 'Platform rule', kind: 'platform' }],
  ['UnspecifiedPlatformRule', { name: 'Platform rule, unspecified', kind: 'platform' }],
  ['unspecified', { name: 'unspecified', kind: 'unspecified' }],
  ['', { name: 'no rule named', kind: 'unspecified' }],
  ['BlockHighRiskTCPPortsFromInternet', { name: 'BlockHighRiskTCPPortsFromInternet', kind: 'admin' }],
])('reads the rule %s', (rule, read) => expect(decodeRule(rule)).toEqual(read))

it('describes a rule, or its kind', () => {
  expect(describeRule('DefaultRule_DenyAllInBound')).toContain('Denies all other inbound')
  expect(describeRule('UserRule_RDP')).toContain('network security group')
  expect(describeRule('PlatformRule')).toContain('Azure itself')
})

it('takes the last part of a resource id', () => {
  expect(shortResource('/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/web-nsg')).toBe('web-nsg')
  expect(shortResource('00000000-1234-abcd-ef00-c1c2c3c4c5c6')).toBe('00000000-1234-abcd-ef00-c1c2c3c4c5c6')
  expect(shortResource('/')).toBe('/')
})

it('names the decider if no ACL decided', () => {
  expect(aclName('/SUBSCRIPTIONS/0/NETWORKSECURITYGROUPS/WEB-NSG')).toBe('WEB-NSG')
  expect(aclName('00000000-0000-0000-0000-000000000000')).toBe('Azure platform')
  expect(aclName('unspecified')).toBe('no ACL named')
})
