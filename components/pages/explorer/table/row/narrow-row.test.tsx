import { screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { open } from '@/components/test/page'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { NARROW, NarrowRow } from './narrow-row'

const tuple: TupleRow = {
  ...{ id: 'b1k4f-3a9', time: '2026-08-12T15:00:00Z', recordTime: '2026-08-12T15:01:00Z', src: '203.0.113.7', dst: '10.0.0.4' },
  ...{ sport: 51_000, dport: 3389, proto: 'tcp', dir: 'in', action: 'allow', state: 'end', enc: null },
  ...{ packetsSent: 1, bytesSent: 1024, packetsReceived: 1, bytesReceived: 1024 },
  ...{ rule: 'UserRule_Rdp', acl: 'web-nsg', mac: '00224871C205', log: 'nsg-1', format: 'nsg-v2' },
}

it('shows a tuple in two lines with its time and zone, and opens it at a tap', async () => {
  const onOpen = vi.fn()
  const { user } = open(
    <table>
      <tbody>
        <NarrowRow
          {...{ tuple, index: 0, top: 0, zone: 'utc', open: false, selected: false, reachable: true, onOpen }}
          onFocus={() => {}}
          onTouch={() => {}}
        />
      </tbody>
    </table>,
  )
  const row = screen.getByRole('row')
  expect(row).toHaveTextContent('2026-08-12 15:00:00 Z')
  expect(row).toHaveTextContent('203.0.113.7:51000 → 10.0.0.4:3389')
  expect(row).toHaveTextContent('2.00 KiB')
  await user.click(row)
  expect(onOpen).toHaveBeenCalledWith(tuple.id)
  expect(NARROW.row).toBeGreaterThanOrEqual(28)
})
