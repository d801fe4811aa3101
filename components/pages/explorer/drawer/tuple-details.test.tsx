import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { open } from '@/components/test/page'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { TupleDetails } from './tuple-details'

const ACL = '/subscriptions/s/networkSecurityGroups/web-nsg'
const tuple: TupleRow = {
  ...{ id: 'b1k4f-3a9', time: '2026-08-12T15:00:00Z', recordTime: '2026-08-12T15:01:00Z', src: '203.0.113.7', dst: '10.0.0.4' },
  ...{ sport: 51_000, dport: 443, proto: 'tcp', dir: 'in', action: 'allow', state: 'begin', enc: null },
  ...{ packetsSent: null, bytesSent: null, packetsReceived: null, bytesReceived: null },
  ...{ rule: 'UserRule_AllowWeb', acl: ACL, mac: '00224871C205', log: 'nsg-1', format: 'nsg-v2' },
}

it('links a row to its rule', () => {
  const opened = { tuple, raw: null, error: null, retry: () => {}, rereading: false }
  open(<TupleDetails open={opened} names={new Map()} />, { at: '/explorer?q=dport:443' })
  const link = screen.getByRole('link', { name: 'Rule AllowWeb' })
  expect(new URL(link.getAttribute('href')!, 'https://x').searchParams.get('rule')).toBe('UserRule_AllowWeb')
})
