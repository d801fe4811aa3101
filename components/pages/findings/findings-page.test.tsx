import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, WHOLE } from '@/components/test/answers'
import { linkKey, open } from '@/components/test/page'
import { asked, sent } from '@/components/test/server'
import type { Investigation } from '@/lib/flow/answer/evidence/investigation'
import type { Mute } from '@/lib/flow/answer/kept/mute'
import type { Finding, FindingsAnswer } from '@/lib/flow/answer/traffic/findings'
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

const MUTE: Mute = {
  ...{ id: 'abcdefgh', finding: null, kind: 'exposed', address: '10.0.0.9', why: 'the bastion' },
  ...{ until: '2026-09-13T08:00:00.000Z', by: 'Ada', made: '2026-08-13T08:00:00.000Z' },
}

const VENDOR: Investigation = {
  ...{ id: 'vendor00', version: 4, title: 'The vendor', note: 'seen', shared: false, mine: null },
  ...{ made: '2026-08-13T08:00:00.000Z', changed: '2026-08-13T08:00:00.000Z' },
  links: [{ label: 'first', href: '/explorer?q=443', added: '2026-08-13T08:00:00.000Z' }],
}

function page(
  rows: readonly Finding[],
  baseline: FindingsAnswer['baseline'] = BASELINE,
  at = '/findings',
  coverage = WHOLE,
  hidden: FindingsAnswer['mutedRows'] = [],
) {
  const answer = (search: URLSearchParams): FindingsAnswer => {
    const kind = search.get('kinds') as FindingKind
    const own = rows.filter((row) => row.kind === kind)
    return {
      ...BASIS,
      coverage,
      kinds: [{ kind, found: own.length, parameters: {} }],
      baseline,
      muted: 0,
      mutedRows: kind === 'exposed' ? hidden : [],
      rows: own,
    }
  }
  const plan = { blobs: 40, bytes: 4_000_000, cachedBlobs: 10, cachedBytes: 1_000_000, estimateMs: 4000, askAbove: 1 }
  const kept = { mutes: { mutes: [MUTE], problems: [] }, investigations: { investigations: [{ ...VENDOR, links: 1 }], problems: [] } }
  const none = { tuples: 0, flows: 0, bytes: 0, packets: 0 }
  const timeline = (search: URLSearchParams) => {
    const counts: Readonly<Record<string, number>> = { 'dport:22': 42, 'dport:23': 0 }
    const tuples = counts[search.get('q') ?? ''] ?? WHOLE.tuples
    return {
      ...BASIS,
      coverage,
      bucketMs: 3_600_000,
      buckets: [{ t: Date.parse(BASIS.view.from), allow: { ...none, tuples }, deny: none }],
    }
  }
  return open(<FindingsPage />, { at, routes: { findings: answer, timeline, plan, ...kept, 'investigations/vendor00': VENDOR } })
}

it('shows the findings about one address as one story, in order of time', async () => {
  page([BEACON, LET_IN, LOW])
  const story = await screen.findByRole('region', { name: JUMP })
  await waitFor(() => expect(within(story).getAllByRole('listitem')).toHaveLength(2))
  expect(within(story).getByRole('heading', { level: 2 })).toHaveTextContent(JUMP)
  expect(story).toHaveTextContent(/203\.0\.113\.77 was denied for 11 h.*by AllowRdpVendor, then called 192\.0\.2\.200:443 every 5 m/)
  const [first, second] = within(story).getAllByRole('listitem')
  expect(first).toHaveTextContent(/13 Aug 05:00.*high/)
  expect(second).toHaveTextContent('a beacon.')
  expect(within(second!).getByRole('img', { name: /gaps between calls/ })).toBeInTheDocument()
  const show = new URL(within(first!).getByRole('link', { name: 'Show 1,100 tuples' }).getAttribute('href')!, window.location.href)
  expect([show.pathname, show.searchParams.get('q'), show.searchParams.get('from')]).toEqual([
    '/explorer',
    `src:${JUMP}`,
    '2026-08-12T14:37:00Z',
  ])
})

it('gives no all-clear if part of the range has not been read', async () => {
  page([], BASELINE, '/findings', { ...WHOLE, complete: false, blobsRead: WHOLE.blobs - 1 })
  expect(await screen.findByText('Nothing found so far: not all of the range has been read')).toBeVisible()
})

it('says how many tuples match the filter, and gives no all-clear where none does', async () => {
  page([], BASELINE, '/findings?q=dport%3A22')
  expect(await screen.findByText('Nothing found that deserves a look')).toBeInTheDocument()
  await waitFor(() => expect(screen.getByText(/were looked at/)).toHaveTextContent('42 tuples were looked at'))
  page([], BASELINE, '/findings?q=dport%3A23')
  expect(await screen.findByText('No tuple matches the filter in this range')).toBeInTheDocument()
})

it('keeps low findings folded', async () => {
  page([LOW])
  expect(await screen.findByText('Nothing found that deserves a look')).toBeInTheDocument()
  expect(screen.getByText(/tuples were looked at/)).toHaveTextContent(
    '100,000 tuples were looked at for the ten kinds below, with 100 % of the time before',
  )
  expect(screen.getByText('1 story of low findings only')).toBeInTheDocument()
})

it('shows how much of the baseline is known, and the cost of reading the rest', async () => {
  page([BEACON], { ...BASELINE, complete: false, share: 0.25 })
  expect(await screen.findByText(/The time before is known for 25 %/)).toBeInTheDocument()
  expect(await screen.findByRole('button', { name: /^Read .* in 30 blobs/ })).toBeInTheDocument()
})

it('puts changed parameters into the link, and uses them in queries', async () => {
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

it('lists muted findings with owner and reason, and unmutes them; mutes with a reason', async () => {
  const { user } = page([BEACON], BASELINE, '/findings', WHOLE, [{ ...LOW, mute: MUTE.id }])
  await user.click(await screen.findByText('1 muted finding'))
  expect(await screen.findByText(/Ada: the bastion, until 2026-09-13/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Unmute' }))
  await waitFor(() => expect(asked).toContain(`mutes/${MUTE.id}?`))
  await user.click(screen.getByRole('button', { name: 'Mute: a beacon' }))
  await user.selectOptions(screen.getByRole('combobox', { name: 'What' }), 'kind')
  await user.type(screen.getByRole('textbox', { name: 'Why' }), 'our agent')
  await user.click(screen.getByRole('button', { name: 'Mute' }))
  await waitFor(() => expect(sent.at(-1)).toMatchObject({ kind: 'beacon', address: JUMP, why: 'our agent' }))
})

it('adds one finding to an investigation that exists, with its tuples and no others', async () => {
  const { user } = page([BEACON, LET_IN])
  await user.click(await screen.findByRole('button', { name: 'Add to investigation: a beacon' }))
  const dialog = await screen.findByRole('dialog', { name: 'Add to investigation' })
  expect(within(dialog).getByRole('textbox', { name: 'Label of the link' })).toHaveValue('a beacon')
  await waitFor(() => expect(within(dialog).getByRole('combobox', { name: 'Investigation' })).toHaveDisplayValue('The vendor'))
  await user.click(within(dialog).getByRole('button', { name: 'Add' }))
  await waitFor(() => expect(sent.at(-1)).toMatchObject({ version: 4, note: 'seen', title: 'The vendor' }))
  const { links } = sent.at(-1) as { links: { label: string; href: string }[] }
  expect(links.map(({ label }) => label)).toEqual(['first', 'a beacon'])
  const link = new URL(links[1]!.href, 'http://localhost')
  expect([link.pathname, ...['q', 'from', 'to'].map((key) => link.searchParams.get(key))]).toEqual([
    '/explorer',
    BEACON.q,
    '2026-08-12T14:37:00Z',
    '2026-08-13T14:37:00Z',
  ])
})
