import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, WHOLE } from '@/components/test/answers'
import { linkKey, open } from '@/components/test/page'
import { asked } from '@/components/test/server'
import type { Finding, FindingsAnswer } from '@/lib/flow/answer/findings'
import type { FindingKind } from '@/lib/flow/finding/kinds'
import { FindingsPage } from './findings-page'

const JUMP = '10.20.0.4'

function finding(kind: FindingKind, more: Partial<Finding>): Finding {
  return {
    ...{ id: kind, kind, level: 'medium', score: 0.6, sentence: `a ${kind}`, src: null, dst: null, dport: null, tuples: 10, bytes: 0 },
    ...{ first: '2026-08-13T08:00:00.000Z', last: '2026-08-13T12:00:00.000Z', figures: { address: JUMP } },
    ...{ q: `src:${JUMP}`, from: '2026-08-12T14:37:00.000Z', to: '2026-08-13T14:37:00.000Z' },
    ...more,
  }
}

const BEACON = finding('beacon', {
  ...{ src: JUMP, dst: '192.0.2.200', dport: 443, first: '2026-08-13T09:00:00.000Z' },
  figures: { address: JUMP, everyMs: 300_000, gaps: [300_000, 290_000, 310_000] },
})
const LET_IN = finding('let-in', {
  ...{ level: 'high', score: 0.9, src: '203.0.113.77', dst: JUMP, dport: 3389, tuples: 1100 },
  figures: {
    address: JUMP,
    deniedMs: 11 * 3_600_000,
    entered: Date.parse('2026-08-13T05:00:00Z'),
    rule: 'UserRule_AllowRdpVendor',
    denied: 900,
  },
})
const LOW = finding('exposed', {
  level: 'low',
  score: 0.3,
  dst: '10.0.0.9',
  dport: 22,
  figures: { address: '10.0.0.9', sources: 1, days: 7 },
})

const BASELINE = { from: '2026-08-05T14:37:00.000Z', to: '2026-08-12T14:37:00.000Z', complete: true, share: 1 }

function page(rows: readonly Finding[], baseline: FindingsAnswer['baseline'] = BASELINE, at = '/findings', coverage = WHOLE) {
  const answer = (search: URLSearchParams): FindingsAnswer => {
    const kind = search.get('kinds') as FindingKind
    const own = rows.filter((row) => row.kind === kind)
    return { ...BASIS, coverage, kinds: [{ kind, found: own.length, parameters: {} }], baseline, muted: 0, rows: own }
  }
  const plan = { blobs: 40, bytes: 4_000_000, cachedBlobs: 10, cachedBytes: 1_000_000, estimateMs: 4000, askAbove: 1 }
  return open(<FindingsPage />, { at, routes: { findings: answer, plan } })
}

it('tells what happened to one address as one story, in the order of time', async () => {
  page([BEACON, LET_IN, LOW])
  const story = await screen.findByRole('region', { name: JUMP })
  await waitFor(() => expect(within(story).getAllByRole('listitem')).toHaveLength(2))
  expect(within(story).getByRole('heading', { level: 2 })).toHaveTextContent(JUMP)
  expect(story).toHaveTextContent(/203\.0\.113\.77 was denied for 11 h.*by AllowRdpVendor, then called 192\.0\.2\.200:443 every 5 m/)
  const [first, second] = within(story).getAllByRole('listitem')
  expect(first).toHaveTextContent('high')
  expect(second).toHaveTextContent('a beacon.')
  expect(within(second!).getByRole('img', { name: /gaps between calls/ })).toBeInTheDocument()
  const show = new URL(within(first!).getByRole('link', { name: 'Show 1,100 tuples' }).getAttribute('href')!, window.location.href)
  expect([show.pathname, show.searchParams.get('q'), show.searchParams.get('from')]).toEqual([
    '/explorer',
    `src:${JUMP}`,
    '2026-08-12T14:37:00Z',
  ])
})

it('gives no all-clear where some of the range has not been read', async () => {
  page([], BASELINE, '/findings', { ...WHOLE, complete: false, blobsRead: WHOLE.blobs - 1 })
  expect(await screen.findByText('Nothing found so far: not all of the range has been read')).toBeVisible()
})

it('keeps what is low out of the way', async () => {
  page([LOW])
  expect(await screen.findByText('Nothing found that deserves a look')).toBeInTheDocument()
  expect(screen.getByText(/tuples were looked at/)).toHaveTextContent(
    '100,000 tuples were looked at for the ten kinds below, with 100 % of the time before',
  )
  expect(screen.getByText('1 story of low findings only')).toBeInTheDocument()
})

it('says how much of the time before is known, and what reading the rest takes', async () => {
  page([BEACON], { ...BASELINE, complete: false, share: 0.25 })
  expect(await screen.findByText(/The time before is known for 25 %/)).toBeInTheDocument()
  expect(await screen.findByRole('button', { name: /^Read .* in 30 blobs/ })).toBeInTheDocument()
})

it('puts changed parameters into the link, and asks with them', async () => {
  const { user } = page([])
  const kinds = await screen.findByRole('region', { name: 'What was looked for' })
  await user.click(within(kinds).getByText('Regular calls'))
  const calls = within(kinds).getByRole('spinbutton', { name: 'calls' })
  await user.clear(calls)
  await user.type(calls, '20')
  await user.click(within(kinds).getByRole('button', { name: 'Apply' }))
  expect(linkKey('thresholds')).toBe('beacon.calls:20')
  await waitFor(() => expect(asked.some((one) => one.startsWith('findings?') && one.includes('thresholds=beacon.calls%3A20'))).toBe(true))
})

it('starts an investigation with the whole story', async () => {
  const { user } = page([BEACON, LET_IN])
  await user.click(await screen.findByRole('button', { name: 'Start an investigation' }))
  await waitFor(() => expect(asked.some((one) => one.startsWith('investigations'))).toBe(true))
})
