import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, ruleRow, VIEW } from '@/components/test/answers'
import { baselineRoutes } from '@/components/test/baseline'
import { copied } from '@/components/test/copied'
import { AskFigures, counters, FIGURES } from '@/components/test/counters'
import { linkKey, open } from '@/components/test/page'
import { refusal } from '@/components/test/server'
import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import { RulesPage } from './rules-page'

const ACL = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups'
const ROWS = [
  ruleRow(),
  ruleRow({ rule: 'DefaultRule_DenyAllInBound', kind: 'default', tuples: 9000, allow: 0, deny: 9000, sources: 700 }),
  ruleRow({ rule: 'UserRule_AllowRdpVendor', acl: `${ACL}/mgmt-nsg`, log: 'nsg-2', tuples: 41, allow: 41, sources: 1 }),
]
const LOGS = { logs: [], sources: [], problems: [] }

function page(rules: Partial<RulesAnswer> | (() => Response | Partial<RulesAnswer>) = { ...BASIS, rows: ROWS }, at = '/rules') {
  return open(<RulesPage />, { at, routes: { rules, logs: LOGS } })
}

const list = () => within(screen.getByRole('region', { name: 'Rules by flow log and ACL' }))
const rows = async () =>
  (await list().findAllByRole('rowheader'))
    .filter((head) => head.getAttribute('scope') === 'row')
    .map((head) => within(head).getByRole('link').textContent)

it('are grouped by ACL, with their decisions', async () => {
  page()
  expect(await list().findByText(/rules of/)).toHaveTextContent('3 rules of 2 ACLs in 2 flow logs.')
  const head = list().getByRole('rowgroup', { name: /^web-nsg/ })
  expect(within(head).getByTitle('9,000 tuples')).toHaveTextContent('9,000')
  const denied = within(head).getByRole('link', { name: '9,000' })
  const explorer = new URL(denied.getAttribute('href')!, window.location.href)
  expect(explorer.pathname).toBe('/explorer')
  expect(explorer.searchParams.get('q')).toContain('action:deny')
  expect(explorer.searchParams.get('q')).toContain('rule:DefaultRule_DenyAllInBound')
})

it('tell when they were hit to the second, round minutes too', async () => {
  page()
  expect((await list().findAllByText('12 Aug 15:00:00'))[0]).toHaveAttribute('title', '2026-08-12 15:00:00 Z')
})

it('are marked as new, grown or gone against the baseline of the link', async () => {
  const [web, deny, vendor] = ROWS.map(({ rule, acl }) => `${rule} ${acl}`)
  const sides = {
    now: { [web!]: 100, [deny!]: 9000, [vendor!]: 41 },
    before: { [web!]: 100, [deny!]: 100, [`UserRule_Old ${ACL}/mgmt-nsg`]: 5 },
  }
  open(<RulesPage />, {
    at: `/rules?from=${VIEW.from}&to=${VIEW.to}&baseline=1d`,
    routes: { rules: { ...BASIS, rows: ROWS }, logs: LOGS, ...baselineRoutes(sides, (q, [rule]) => q.includes(rule!)) },
  })
  const head = (name: string) => list().findByRole('rowheader', { name: new RegExp(name) })
  expect(await within(await head('^AllowRdpVendor')).findByText('new')).toBeVisible()
  expect(within(await head('^DenyAllInBound')).getByText('×4')).toHaveAttribute('title', '9,000 tuples in the range, 100 in the baseline')
  expect(within(await head('^AllowWeb')).queryByText(/new|×/)).toBeNull()
  expect(screen.getByRole('list', { name: 'Gone since the baseline' })).toHaveTextContent(/goneOld/)
})

it('are sorted by any column within each ACL, in either direction', async () => {
  const { user } = page()
  await user.click(await list().findByRole('link', { name: 'sources' }))
  expect(linkKey('sort')).toBe('-sources')
  await waitFor(() => expect(list().getByRole('columnheader', { name: 'sources' })).toHaveAttribute('aria-sort', 'descending'))
  const before = await rows()
  await user.click(list().getByRole('link', { name: 'sources' }))
  expect(linkKey('sort')).toBe('sources')
  await waitFor(async () => expect(await rows()).not.toEqual(before))
  expect([...before].sort()).toEqual([...(await rows())].sort())
})

it('are limited to a kind, of those that occur', async () => {
  const { user } = page()
  await list().findByText(/rules of/)
  const kinds = within(list().getByRole('group', { name: 'Kind of rules' }))
    .getAllByRole('radio')
    .map((radio) => (radio as HTMLInputElement).value)
  expect(kinds).toEqual(['all', 'user', 'default'])
  await user.click(list().getByRole('radio', { name: 'default' }))
  expect(linkKey('kind')).toBe('default')
  await waitFor(async () => expect(await rows()).toEqual(['DenyAllInBound']))
  expect(list().getByText(/rules of/)).toHaveTextContent('1 of 3 rules of 1 ACL')
})

it('show in their panel why the answer failed, and load on a retry', async () => {
  let broken = true
  const { user } = page(() => (broken ? refusal(502, 'source', 'Storage: gone') : { ...BASIS, rows: ROWS }))
  expect(await list().findByRole('alert')).toHaveTextContent('Storage: gone')
  broken = false
  await user.click(list().getByRole('button', { name: 'Try again' }))
  expect(await list().findByText(/rules of/)).toBeVisible()
  expect(list().queryByRole('alert')).not.toBeInTheDocument()
})

it('say that the filter matches nothing, and that there is nothing in the range', async () => {
  const { user } = page({ ...BASIS, rows: [] }, '/rules?q=dport:1')
  expect(await list().findByText('The filter matches nothing')).toBeVisible()
  await user.click(list().getByRole('button', { name: 'Clear the filter' }))
  expect(linkKey('q')).toBeNull()
  expect(await list().findByText('Nothing in this range')).toBeVisible()
})

it('opens a rule of a link without ACL if only one ACL has it, lists the ACLs if several have, and names a missing one', async () => {
  page(undefined, '/rules?rule=UserRule_Nobody')
  expect(await screen.findByText('No rule UserRule_Nobody in this view')).toBeVisible()
  cleanup()
  const other = ruleRow({ acl: '/subscriptions/s/x/networkSecurityGroups/db-nsg' })
  page({ ...BASIS, rows: [ruleRow(), other] }, '/rules?rule=UserRule_AllowWeb')
  const acls = within(await screen.findByRole('list', { name: 'ACLs' }))
  expect(acls.getAllByRole('link').map((link) => link.textContent)).toEqual(['web-nsg, inbound', 'db-nsg, inbound'])
  for (const name of ['UserRule_AllowWeb', 'AllowWeb']) {
    cleanup()
    page({ ...BASIS, rows: [ruleRow()] }, `/rules?rule=${name}`)
    expect(await screen.findByRole('complementary', { name: 'Open rule' })).toHaveTextContent('AllowWeb')
  }
})

it('names the rule of a link that nothing matches', async () => {
  page({ ...BASIS, rows: [] }, '/rules?rule=UserRule_AllowWeb&q=dport:1')
  expect(await screen.findByText('No rule UserRule_AllowWeb in this view')).toBeVisible()
  expect(await list().findByText('The filter matches nothing')).toBeVisible()
})

it('are exported, in the order shown', async () => {
  const { user } = page(undefined, '/rules?sort=-sources')
  const [head, ...lines] = await copied(user, 'rules')
  expect(head).toMatch(/^rule,acl,log,kind,/)
  expect(lines.map((line) => line.split(',')[0])).toEqual(['DefaultRule_DenyAllInBound', 'UserRule_AllowWeb', 'UserRule_AllowRdpVendor'])
})

it('are in one ranking across ACLs, with bytes, internet addresses and covered prefixes, sorted by any column', async () => {
  const wide = ruleRow({ rule: 'UserRule_Wide', bytes: 7, sourceCover: ['0.0.0.0/0'], sources: 90, publicSources: 80 })
  const { user } = open(
    <>
      <RulesPage />
      <AskFigures />
    </>,
    {
      at: '/rules',
      routes: { ...FIGURES, rules: { ...BASIS, rows: [...ROWS, wide] }, logs: LOGS, counters: counters({ repeated: 2048 }) },
    },
  )
  await user.click(await screen.findByRole('radio', { name: 'ranking' }))
  expect(linkKey('flat')).toBe('1')
  const table = within(await screen.findByRole('table', { name: 'All rules' }))
  const row = table.getByRole('row', { name: /Wide/ })
  expect(within(row).getByTitle('80 of 90 sources are on the internet')).toBeVisible()
  expect(row).toHaveTextContent('0.0.0.0/0 → 10.0.0.0/24')
  expect(screen.getByText(/rules of/)).toHaveTextContent('4 rules of 2 ACLs. Rules without hits')
  expect(await screen.findByText(/^2.00 KiB counted twice/)).toBeVisible()
  const names = () => table.getAllByRole('rowheader').map((head) => within(head).getAllByRole('link')[0]!.textContent)
  await user.click(table.getByRole('link', { name: 'covers' }))
  await waitFor(() => expect(names()[0]).toBe('Wide'))
  await user.click(table.getByRole('link', { name: 'bytes' }))
  await user.click(table.getByRole('link', { name: 'bytes' }))
  expect(linkKey('sort')).toBe('bytes')
  await waitFor(() => expect(names()[0]).toBe('Wide'))
})
