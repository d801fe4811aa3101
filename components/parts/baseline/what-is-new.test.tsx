import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { VIEW } from '@/components/test/answers'
import { baselineRoutes } from '@/components/test/baseline'
import { linkKey, open } from '@/components/test/page'
import { WhatIsNew } from './what-is-new'

const FIELDS = [['dport', 'Ports']] as const
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
