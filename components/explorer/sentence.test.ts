import { expect, it } from 'vitest'
import type { TupleRow } from '@/lib/flow/answers'
import { describeTuple } from './sentence'

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
  [{ action: 'allow', rule: 'UserRule_RDP' }, 'Allowed inbound by the rule RDP of web-nsg; the flow begins here'],
  [
    { action: 'allow', state: 'continue', dir: 'out', rule: 'DefaultRule_AllowInternetOutBound' },
    'Allowed outbound by the default rule AllowInternetOutBound of web-nsg; the flow goes on',
  ],
  [{ action: 'allow', state: 'end', rule: 'UserRule_RDP' }, 'Allowed inbound by the rule RDP of web-nsg; the flow ends here'],
  [{ action: 'allow', state: null, rule: 'UserRule_RDP', format: 'nsg-v1' }, 'Allowed inbound by the rule RDP of web-nsg'],
  [
    { action: 'allow', state: 'begin', rule: 'PlatformRule', acl: '00000000-0000-0000-0000-000000000000' },
    'Allowed inbound by the platform, not by a rule of yours; the flow begins here',
  ],
  [{ state: 'deny', rule: 'unspecified', acl: 'unspecified' }, 'Denied inbound without a rule: encryption was required'],
  [{ rule: '' }, 'Denied inbound without a rule being named'],
  [{ rule: 'BlockHighRisk', acl: '' }, 'Denied inbound by the rule BlockHighRisk'],
])('tells %j', (change, sentence) => expect(describeTuple({ ...tuple, ...change })).toBe(sentence))
