import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, talkerRow, VIEW } from '@/components/test/answers'
import { linkKey, open } from '@/components/test/page'
import { WhatIsNew } from './what-is-new'

const FIELDS = [['dport', 'Ports']] as const
const cell = (hour: string) => ({
  ...{
    log: 'nsg-1',
    mac: '00224871C205',
    hour,
    state: 'read' as const,
    tuples: 1,
    bytes: 1,
    counted: 1,
    rejected: 0,
    blob: 'b',
    etag: 'e',
  },
  ...{ first: hour, last: hour, flushed: hour },
})
const TUPLES: Record<string, Record<string, number>> = { now: { 443: 100, 3389: 7, 22: 500 }, before: { 443: 100, 22: 10, 5985: 3 } }

/** Talkers by port: those of the range begin when the view does, those of the baseline before. */
function talkers(asked: URLSearchParams) {
  const side = asked.get('from') === VIEW.from.replace('.000', '') ? 'now' : 'before'
  const wanted = [...(asked.get('q') ?? '').matchAll(/dport:(\d+)/g)].map(([, port]) => port!)
  const rows = Object.entries(TUPLES[side]!)
    .filter(([port]) => wanted.length === 0 || wanted.includes(port))
    .map(([key, tuples]) => talkerRow({ key, tuples }))
  return { ...BASIS, by: ['dport'], metric: 'tuples', total: rows.length, rows, other: null }
}

const routes = {
  plan: { blobs: 1, bytes: 1, cachedBlobs: 1, cachedBytes: 1, estimateMs: 0, askAbove: 1_000_000 },
  coverage: { ...BASIS, cells: [cell('2026-08-12T13:00:00Z')], others: [] },
  talkers,
  timeline: { ...BASIS, bucketMs: 60_000, buckets: [] },
}

it('marks what is new, grown and gone against a baseline, and says how much of it the logs cover', async () => {
  const { user } = open(<WhatIsNew fields={FIELDS} baseline="1d" onBaseline={() => {}} />, {
    at: `/?from=${VIEW.from}&to=${VIEW.to}`,
    routes: routes as never,
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
