import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import { Explorer } from '@/components/pages/explorer/explorer'
import { BASIS } from '@/components/test/answers'
import { linkKey, open } from '@/components/test/page'
import { asked } from '@/components/test/server'
import type { FlowRow } from '@/lib/flow/answer/tuples/flows'
import { DECISION_WIDTH, FLOW_COLUMNS, flowLayout } from './columns'
import { FlowRow as Row } from './flow-row'

// happy-dom has no layout and observes no sizes.
beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
})

const FLOW: FlowRow = {
  ...{ id: 'b1k4f-3a9', first: '2026-08-12T15:00:00Z', last: '2026-08-12T15:04:10Z', begins: true, ends: false },
  ...{ src: '203.0.113.7', sport: 51_000, dst: '10.0.0.4', dport: 3389, proto: 'tcp', allow: 3, deny: 1, tuples: 4 },
  ...{ packetsSent: 10, bytesSent: 2048, packetsReceived: null, bytesReceived: null },
  ...{ srcMac: null, dstMac: '00224871C205', nics: 1 },
}

function page(keys = 'per=flow') {
  const routes = {
    flows: { ...BASIS, total: 2, rows: [FLOW, { ...FLOW, id: 'b1k4f-3aa', deny: 0, ends: true }], next: null },
    tuples: { ...BASIS, total: 8, rows: [], next: null },
    timeline: { ...BASIS, bucketMs: 3_600_000, buckets: [] },
  }
  return open(<Explorer />, { at: `/explorer?${keys}`, routes })
}

function row(flow: Partial<FlowRow>, narrow = false) {
  const onOpen = vi.fn()
  const opened = open(
    <table>
      <tbody>
        <Row
          {...{
            flow: { ...FLOW, ...flow },
            index: 0,
            top: 0,
            zone: 'utc',
            open: false,
            reachable: true,
            columns: FLOW_COLUMNS,
            narrow,
            onOpen,
          }}
          onFocus={() => {}}
        />
      </tbody>
    </table>,
  )
  return { ...opened, onOpen, row: screen.getByRole('row') }
}

it('shows a flow with its sums and NICs, says what is not among its tuples, and opens it', async () => {
  const { row: shown, user, onOpen, unmount } = row({})
  for (const text of ['2026-08-12 15:00:00 Z', '2026-08-12 15:04:10 Z…', 'or later: its end is not among these tuples', '4 m 10 s'])
    expect(shown).toHaveTextContent(text)
  expect(within(shown).getByTitle('2,048 bytes from source to destination')).toHaveTextContent('2.00 KiB')
  expect(within(shown).getByTitle('10 packets from source to destination')).toHaveTextContent('10')
  expect(within(shown).getByRole('link', { name: '00224871C205' })).toBeVisible()
  expect(within(shown).getByText('no NIC of this end saw it')).toBeInTheDocument()
  expect(within(shown).getAllByTitle(/^(Allowed|Denied)/i)).toHaveLength(2)
  await user.click(within(shown).getByText('4 m 10 s'))
  expect(onOpen).toHaveBeenCalledWith(FLOW.id)
  unmount()
  const whole = row({ deny: 0, ends: true }).row
  expect(whole).not.toHaveTextContent('or later')
  expect(within(whole).getAllByTitle(/^(Allowed|Denied)/i)).toHaveLength(1)
})

it('leaves room for the context beside each address', () => {
  const widths = (usual: number) => flowLayout({ src: 15, dst: 39 }, { usual, least: 3 }, 0).widths
  const wider = widths(9).flatMap((width, i) => (width > widths(0)[i]! ? [FLOW_COLUMNS[i]!.field] : []))
  expect(wider).toEqual(['src', 'dst'])
})

it('fits a screen of 1,440 pixels without what other columns say, and shows everything on a wide one', () => {
  const layout = (room: number) => flowLayout({ src: 25, dst: 25 }, { usual: 9, least: 3 }, room)
  const room = 1440 - 208 - 15
  const { columns, widths, tight } = layout(room)
  expect(tight).toBe(true)
  expect(widths.reduce((sum, width) => sum + width, DECISION_WIDTH)).toBeLessThanOrEqual(room)
  expect(FLOW_COLUMNS.flatMap((column) => (columns.includes(column) ? [] : [column.label]))).toEqual([
    'End',
    'Packets →',
    'Packets ←',
    'NICs',
  ])
  expect(layout(2560 - 208)).toMatchObject({ columns: FLOW_COLUMNS, tight: false })
})

it('has two lines on a phone', () => {
  expect(row({}, true).row).toHaveTextContent('203.0.113.7:51000 → 10.0.0.4:3389')
})

it('sorts on the server, and goes back to tuples', async () => {
  const { user } = page()
  const grid = await screen.findByRole('grid', { name: 'Flows' })
  await user.click(within(grid).getByRole('link', { name: 'Bytes →' }))
  expect(linkKey('order')).toBe('-bytesSent')
  await waitFor(() => expect(asked.some((one) => one.startsWith('flows?') && one.includes('sort=-bytesSent'))).toBe(true))
  await user.click(screen.getByRole('radio', { name: 'Tuples' }))
  expect(linkKey('per')).toBeNull()
  expect(screen.getByRole('grid', { name: 'Tuples' })).toBeVisible()
})

it('exports flows as CSV or NDJSON', async () => {
  const { user } = page()
  await screen.findByRole('grid', { name: 'Flows' })
  await user.click(screen.getByRole('button', { name: 'Export' }))
  const dialog = await screen.findByRole('dialog', { name: 'Export rows' })
  expect(
    within(dialog)
      .getAllByRole('radio')
      .map((one) => one.getAttribute('value')),
  ).toEqual(['csv', 'ndjson'])
  expect(dialog).toHaveTextContent('2 rows of')
  expect(dialog).toHaveTextContent('one for each flow')
})
