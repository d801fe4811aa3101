import { screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { open } from '@/components/test/page'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { CONTEXT_NAMES } from '@/lib/flow/field/context'
import { NarrowRow } from './narrow-row'

const tuple: TupleRow = {
  ...{ id: 'b1k4f-3a9', time: '2026-08-12T15:00:00Z', recordTime: '2026-08-12T15:01:00Z', src: '203.0.113.7', dst: '10.0.0.4' },
  ...{ sport: 51_000, dport: 3389, proto: 'tcp', dir: 'in', action: 'allow', state: 'end', enc: null },
  ...{ packetsSent: 1, bytesSent: 1024, packetsReceived: 1, bytesReceived: 1024 },
  ...{ rule: 'UserRule_Rdp', acl: 'web-nsg', mac: '00224871C205', log: 'nsg-1', format: 'nsg-v2' },
}

const NOBODY = {
  ...{ country: null, asn: null, org: null, name: null, vm: null, subnet: null, vnet: null },
  ...{ tag: [], list: [], among: [], facts: [] },
}

function table(onOpen = vi.fn()) {
  return (
    <table>
      <tbody>
        <NarrowRow
          {...{ tuple, index: 0, top: 0, zone: 'utc', open: false, selected: false, reachable: true, onOpen }}
          onFocus={() => {}}
          onTouch={() => {}}
        />
      </tbody>
    </table>
  )
}

it('names both addresses below them where context files know them', async () => {
  open(table(), {
    routes: {
      context: { digest: 'd', names: [...CONTEXT_NAMES], sets: [] },
      'context/addresses': (search: URLSearchParams) => ({
        rows: search
          .getAll('ip')
          .map((ip) => ({ ...NOBODY, ip, ...(ip === '10.0.0.4' ? { name: 'jump-01' } : { org: 'Nightglass VPS', country: 'SC' }) })),
      }),
    } as object,
  })
  expect(await screen.findByText('jump-01')).toBeVisible()
  expect(screen.getByRole('row')).toHaveTextContent(/203\.0\.113\.7:51000 → 10\.0\.0\.4:3389Nightglass VPSSC→jump-01/)
})

it('shows a tuple with its time and zone, direction, protocol, state and rule, and opens it at a tap', async () => {
  const onOpen = vi.fn()
  const { user } = open(table(onOpen))
  const row = screen.getByRole('row')
  expect(row).toHaveTextContent('2026-08-12 15:00:00 Z')
  expect(row).toHaveTextContent('203.0.113.7:51000 → 10.0.0.4:3389')
  expect(row).toHaveTextContent('2.00 KiB')
  expect(row).toHaveTextContent('in · tcp rdp · end ·Rdp')
  await user.click(row)
  expect(onOpen).toHaveBeenCalledWith(tuple.id)
})
