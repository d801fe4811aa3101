import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS } from '@/components/test/answers'
import { linkKey, open } from '@/components/test/page'
import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import { DeniedThenAllowed } from './denied-then-allowed'
import { HostHead } from './host-head'
import { HostTable } from './host-table'

const ACL = '/subscriptions/s/networkSecurityGroups/jump-nsg'
const moment = (rule: string) => ({
  ...{ tuples: 3, first: '2026-08-12T15:00:00Z' },
  ...{ dst: '10.0.4.5', dport: 3389, rule, acl: ACL },
})

it('links the banner of an address to the rule that allowed a source', async () => {
  const letIn = {
    total: 1,
    rows: [{ end: 'dst' as const, source: '203.0.113.7', denied: moment('DefaultRule_DenyAll'), allowed: moment('UserRule_Rdp') }],
  }
  const { user } = open(<DeniedThenAllowed address="10.0.4.5" letIn={letIn} stale={false} />, { at: '/host?ip=10.0.4.5' })
  const banner = screen.getByRole('region', { name: 'Denied, then allowed' })
  await user.click(within(banner).getByRole('link', { name: 'Rdp' }))
  expect(window.location.pathname).toBe('/rules')
  expect([linkKey('rule'), linkKey('acl')]).toEqual(['UserRule_Rdp', ACL])
})

it('sorts a table of an address by any of its columns', async () => {
  const rows = [
    { port: 443, tuples: 2 },
    { port: 22, tuples: 9 },
  ]
  const { user } = open(
    <HostTable
      heads={[
        ['port', '', undefined, ({ port }) => port],
        ['tuples', '', undefined, ({ tuples }) => tuples],
      ]}
      rows={rows}
      draw={({ port, tuples }) => (
        <tr key={port}>
          <td>{port}</td>
          <td>{tuples}</td>
        </tr>
      )}
    />,
    { at: '/host?ip=10.0.4.5' },
  )
  const first = () => screen.getAllByRole('row')[1]!.textContent
  expect(first()).toBe('4432')
  await user.click(screen.getByRole('button', { name: 'tuples' }))
  expect(first()).toBe('229')
  expect(screen.getByRole('columnheader', { name: 'tuples' })).toHaveAttribute('aria-sort', 'descending')
})

it('says that the first and the last time are those in the range', () => {
  const sums = { tuples: 3, flows: 3, allow: 0, deny: 3, bytes: 0, packets: 0, bytesSent: 0, bytesReceived: 0 }
  const data = {
    ...BASIS,
    total: { ...sums, first: '2026-08-12T15:00:00Z', last: '2026-08-12T16:00:00Z' },
    roles: [],
    cards: [],
    scan: null,
  } as unknown as HostAnswer
  const answered = {
    data,
    error: null,
    loading: false,
    stale: false,
    partial: false,
    provisional: false,
    asking: false,
    at: 0,
    retry: () => {},
  }
  open(<HostHead address="10.0.4.5" answered={answered} />, { at: '/host/10.0.4.5' })
  const told = (name: string) => screen.getByText(name).parentElement
  expect(told('First in range')).toHaveTextContent('2026-08-12 15:00:00 Z')
  expect(told('Last in range')).toHaveTextContent('2026-08-12 16:00:00 Z')
})
