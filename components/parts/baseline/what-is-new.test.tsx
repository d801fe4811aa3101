import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { VIEW } from '@/components/test/answers'
import { baselineRoutes } from '@/components/test/baseline'
import { linkKey, open } from '@/components/test/page'
import { WhatIsNew } from './what-is-new'

const FIELDS = [['dport', 'Ports']] as const
const NSG = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/net/providers/Microsoft.Network/networkSecurityGroups/'
const SIDES = { now: { 443: 100, 3389: 7, 22: 500 }, before: { 443: 100, 22: 10, 5985: 3 } }
const routes = baselineRoutes(SIDES, (q, [port]) => q.includes(`dport:${port}`))

it('marks what is new, grown and gone against a baseline, and says how much of it the logs cover', async () => {
  const { user } = open(<WhatIsNew fields={FIELDS} baseline={86_400_000} onBaseline={() => {}} />, {
    at: `/?from=${VIEW.from}&to=${VIEW.to}`,
    routes,
  })
  const panel = await screen.findByRole('region', { name: 'What is new' })
  const ports = await within(panel).findByRole('region', { name: 'Ports' })
  expect(await within(ports).findByText(/1 new, 1 grown, 1 gone/)).toBeVisible()
  const told = within(ports)
    .getAllByRole('listitem')
    .map((item) => item.textContent)
  expect(told).toEqual([expect.stringMatching(/^new3389/), expect.stringMatching(/^×\d+22/), expect.stringMatching(/^gone5985/)])
  expect(within(panel).getByText(/1 of 25 hours/)).toBeVisible()
  await user.click(within(ports).getByRole('link', { name: '3389' }))
  expect(linkKey('q')).toBe('dport:3389')
})

it('names rules and ACLs as all pages do, and keeps the whole id beside them', async () => {
  const acl = `${NSG}web-nsg`
  open(
    <WhatIsNew
      fields={[
        ['rule', 'Rules'],
        ['acl', 'ACLs'],
      ]}
      baseline={86_400_000}
      onBaseline={() => {}}
    />,
    {
      at: `/?from=${VIEW.from}&to=${VIEW.to}`,
      routes: baselineRoutes({ now: { UserRule_Rdp: 7, [acl]: 5 }, before: {} }, () => false),
    },
  )
  const panel = await screen.findByRole('region', { name: 'What is new' })
  expect((await within(panel).findAllByRole('link', { name: 'Rdp' }))[0]).toHaveAttribute('title', expect.stringContaining('UserRule_Rdp'))
  expect(within(panel).getAllByRole('link', { name: 'web-nsg' })[0]).toHaveAttribute('title', expect.stringContaining(acl))
})
