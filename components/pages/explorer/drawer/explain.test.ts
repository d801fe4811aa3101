import { expect, it } from 'vitest'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { explain } from './explain'

const NSG = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/web-nsg'
const tuple: TupleRow = {
  id: '1-1',
  time: '2024-08-12T16:57:46Z',
  recordTime: '2024-08-12T16:58:00Z',
  src: '203.0.113.5',
  dst: '10.0.0.4',
  sport: 41234,
  dport: 3389,
  proto: 'tcp',
  dir: 'in',
  action: 'deny',
  state: 'begin',
  enc: null,
  packetsSent: null,
  bytesSent: null,
  packetsReceived: null,
  bytesReceived: null,
  rule: 'DefaultRule_DenyAllInBound',
  acl: NSG,
  mac: '002248266DB9',
  log: 'web-nsg-1',
  format: 'nsg-v2',
}

it.each<[Partial<TupleRow>, string]>([
  [{}, 'Denied inbound by the default rule DenyAllInBound of web-nsg'],
  [{ action: 'allow', rule: 'UserRule_RDP' }, 'Allowed inbound by the rule RDP of web-nsg; flow begins'],
  [
    { action: 'allow', state: 'continue', dir: 'out', rule: 'DefaultRule_AllowInternetOutBound' },
    'Allowed outbound by the default rule AllowInternetOutBound of web-nsg; flow continues',
  ],
  [{ action: 'allow', state: 'end', rule: 'UserRule_RDP' }, 'Allowed inbound by the rule RDP of web-nsg; flow ends'],
  [{ action: 'allow', state: null, rule: 'UserRule_RDP', format: 'nsg-v1' }, 'Allowed inbound by the rule RDP of web-nsg'],
  [
    { action: 'allow', state: 'begin', rule: 'PlatformRule', acl: '00000000-0000-0000-0000-000000000000' },
    'Allowed inbound by the platform, not by one of your rules; flow begins',
  ],
  [{ state: 'deny', rule: 'unspecified', acl: 'unspecified' }, 'Denied inbound without a rule: encryption was required'],
  [{ rule: '' }, 'Denied inbound by an unnamed rule'],
  [{ rule: 'BlockHighRisk', acl: '' }, 'Denied inbound by the rule BlockHighRisk'],
  [
    { rule: 'BlockHighRisk', acl: '938a1c4c-ccc1-4c1e-b6c4-9d2b4b2a1f5e', format: 'vnet-v4', state: 'deny' },
    'Denied inbound by the security admin rule BlockHighRisk of the ACL 938a1c4c-ccc1-4c1e-b6c4-9d2b4b2a1f5e',
  ],
  [{ rule: 'UserRule_RDP', format: 'vnet-v4', state: 'deny' }, 'Denied inbound by the rule RDP of web-nsg'],
  [{ rule: 'DefaultRule', format: 'vnet-v4', state: 'deny' }, 'Denied inbound by a default rule of web-nsg that the log does not name'],
  [{ rule: 'UserRule', acl: '', action: 'allow', state: null }, 'Allowed inbound by a rule that the log does not name'],
  [
    { rule: 'UnspecifiedPlatformRule', acl: 'unspecified', action: 'allow', state: 'end', dir: 'out' },
    'Allowed outbound by the platform, not by one of your rules; flow ends',
  ],
])('tells %j', (change, sentence) => expect(explain({ ...tuple, ...change })).toBe(sentence))
