import { expect, it } from 'vitest'
import { ruleKind } from './rule-kind'

it.each([
  ['UserRule_RDP', 'user'],
  ['UserRule', 'user'],
  ['DefaultRule_DenyAllInBound', 'default'],
  ['PlatformRule', 'platform'],
  ['UnspecifiedPlatformRule', 'platform'],
  ['unspecified', 'unspecified'],
  ['BlockHighRiskTCPPortsFromInternet', 'admin'],
  ['', 'unspecified'],
])('%s is of kind %s', (rule, kind) => expect(ruleKind(rule)).toBe(kind))
