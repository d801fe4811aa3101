import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { VIEW } from '@/components/test/answers'
import { baselineRoutes } from '@/components/test/baseline'
import { open } from '@/components/test/page'
import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import { TopPorts } from './top-lists'

type Role = HostAnswer['roles'][number]

const sums = { tuples: 9, bytesSent: 0, bytesReceived: 0, first: VIEW.from, last: VIEW.to }
const role = {
  ...{ end: 'dst', dir: 'in', action: 'allow' },
  ports: { total: 3, rows: ['443', '3389', '22'].map((dport) => ({ ...sums, dport: Number(dport), proto: 'tcp', peers: 1 })) },
} as unknown as Role

it('marks what is new, grown or gone on a host against the baseline of the link', async () => {
  const sides = { now: { 443: 100, 3389: 7, 22: 500 }, before: { 443: 100, 22: 10, 5985: 3 } }
  open(<TopPorts role={role} filter="dst:10.0.4.5" />, {
    at: `/host?ip=10.0.4.5&from=${VIEW.from}&to=${VIEW.to}&baseline=1d`,
    routes: baselineRoutes(sides, (q, [port]) => q.includes(`dport:${port}`)),
  })
  const table = screen.getByRole('table')
  const markOf = (port: string) => within(within(table).getByRole('rowheader', { name: new RegExp(`^${port}`) }))
  expect(await markOf('3389').findByText('new')).toHaveAttribute('title', '7 tuples in the range, 0 in the baseline')
  expect(markOf('22').getByText('×2')).toHaveAttribute('title', '500 tuples in the range, 10 in the baseline')
  expect(markOf('443').queryByText(/new|×/)).toBeNull()
  const gone = screen.getByRole('list', { name: 'Gone since the baseline' })
  expect(within(gone).getByRole('listitem')).toHaveTextContent(/^gone5985/)
  expect(screen.getByText(/1 of 25 hours/)).toBeVisible()
})

it('marks nothing without a baseline', async () => {
  open(<TopPorts role={role} filter="dst:10.0.4.5" />, { at: `/host?ip=10.0.4.5&from=${VIEW.from}&to=${VIEW.to}` })
  expect(within(screen.getByRole('table')).queryByText('new')).toBeNull()
  expect(screen.queryByText(/Baseline/)).toBeNull()
})
