import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, scanRow, VIEW, WHOLE } from '@/components/test/answers'
import { open } from '@/components/test/page'
import type { Coverage } from '@/lib/flow/answer/answer'
import { DeniedThenAllowed } from './denied-then-allowed'

const NONE = { tuples: 0, flows: 0, bytes: 0, packets: 0 }

function tile({ tuples, denied, coverage = WHOLE, at }: { tuples: number; denied: number; coverage?: Coverage; at?: string }) {
  const bucket = { t: Date.parse('2026-08-12T15:00:00Z'), allow: { ...NONE, tuples }, deny: NONE }
  const rows = Array.from({ length: denied }, (_, i) => scanRow({ source: `203.0.113.${i}` }))
  const timeline = { ...BASIS, coverage, bucketMs: 3_600_000, buckets: [bucket] }
  const health = { status: 'ok' as const, newest: VIEW.to.replace('14:37', '14:30') }
  return open(<DeniedThenAllowed />, { at, routes: { health, timeline, scans: { ...BASIS, coverage, group: 'ip', total: denied, rows } } })
}

const HEALTH = { status: 'ok' as const, newest: '2026-08-13T23:00:00Z' }
const PLAN = { blobs: 9, bytes: 900, cachedBlobs: 9, cachedBytes: 900, estimateMs: 0, askAbove: 1e9 }
const LATER = scanRow({ source: '203.0.113.7', allowed: { tuples: 3, first: '2026-08-13T21:37:00Z', rule: 'UserRule_Rdp', dport: 3389 } })

/** A range that ends before the newest data; answers about a wider range contain `later`. */
function early({ later, plan = PLAN }: { later: boolean; plan?: typeof PLAN }) {
  const bucket = { t: Date.parse('2026-08-12T15:00:00Z'), allow: { ...NONE, tuples: 9 }, deny: NONE }
  return open(<DeniedThenAllowed />, {
    routes: {
      health: HEALTH,
      plan: { ...BASIS, ...plan },
      timeline: { ...BASIS, bucketMs: 3_600_000, buckets: [bucket] },
      scans: (search) => {
        const wider = search.get('to') !== null
        const view = wider ? { ...VIEW, to: search.get('to')! } : VIEW
        return { ...BASIS, view, group: 'ip', total: 1, rows: [wider && later ? LATER : scanRow()] }
      },
    },
  })
}

it('also checks the time after the range: sources allowed then are highlighted, with the time between', async () => {
  early({ later: true })
  expect(await screen.findByText('7 h after this range')).toBeVisible()
  expect(screen.getByRole('link', { name: '203.0.113.7' })).toBeVisible()
  expect(screen.getByRole('link', { name: 'Rdp' })).toHaveAttribute('href', expect.stringMatching(/^\/rules\?.*rule=UserRule_Rdp/))
  expect(tick()).toBeNull()
})

it('has details in which source, rule and tuples are links', async () => {
  const { user } = early({ later: true })
  await user.click(await screen.findByRole('button', { name: 'Details' }))
  const details = await screen.findByRole('dialog', { name: 'Sources that were denied, then allowed' })
  const link = async (name: string) => (await within(details).findByRole('link', { name })).getAttribute('href')
  expect(await link('203.0.113.7')).toMatch(/^\/host\/203\.0\.113\.7/)
  expect(await link('Rdp')).toMatch(/^\/rules\?.*rule=UserRule_Rdp/)
  const tuples = new URL((await link('3 tuples'))!, 'http://x')
  expect(tuples.pathname).toBe('/explorer')
  expect(tuples.searchParams.get('q')).toBe('src:203.0.113.7 dir:in action:allow')
})

it('shows the time to which a zero applies, not beyond the data read', async () => {
  early({ later: false })
  expect(await screen.findByRole('link', { name: /none of 1 denied source allowed later to 2026-08-13 23:00:00 Z/ })).toBeVisible()
  expect(tick()).not.toBeNull()
})

it('has no tick if the time after the range is not read', async () => {
  early({ later: true, plan: { ...PLAN, bytes: 9e9 } })
  expect(await screen.findByRole('link', { name: /within this range; what follows is not read/ })).toBeVisible()
  expect(tick()).toBeNull()
})

const tick = () => document.querySelector('svg.lucide-check')

it('has a tick if there is traffic, and all of it was counted', async () => {
  tile({ tuples: 9, denied: 2 })
  expect(await screen.findByText('none of 2 denied sources allowed later')).toBeVisible()
  expect(tick()).not.toBeNull()
})

it('has no tick without data, and says so', async () => {
  tile({ tuples: 0, denied: 0, coverage: { ...WHOLE, blobs: 0, blobsRead: 0, tuples: 0 } })
  expect(await screen.findByText('no data in this range')).toBeVisible()
  expect(tick()).toBeNull()
})

it('has no tick if the filter leaves no data', async () => {
  tile({ tuples: 0, denied: 0, at: '/?q=dport:1' })
  expect(await screen.findByText('no data that matches the filter')).toBeVisible()
  expect(tick()).toBeNull()
})

it('has no tick if some data is missing', async () => {
  tile({ tuples: 9, denied: 2, coverage: { ...WHOLE, complete: false, malformed: 1 } })
  expect(await screen.findByRole('link', { name: 'none found, but some data is missing' })).toHaveAttribute(
    'href',
    expect.stringMatching(/^\/coverage/),
  )
  expect(tick()).toBeNull()
})
