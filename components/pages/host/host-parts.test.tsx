import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { linkKey, open } from '@/components/test/page'
import { DeniedThenAllowed } from './denied-then-allowed'
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
