import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, WHOLE } from '@/components/test/answers'
import { open } from '@/components/test/page'
import { asked, refusal } from '@/components/test/server'
import type { Coverage, CoverageProblem } from '@/lib/flow/answer/answer'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import { BestFindingsPanel } from './best-findings-panel'

const LISTED: Finding = {
  ...{
    id: 'f',
    kind: 'listed',
    level: 'high',
    score: 0.9,
    sentence: 'It called a listed address',
    src: '10.0.0.4',
    dst: '192.0.2.9',
    dport: 443,
  },
  ...{ tuples: 5, bytes: 0, first: '2026-08-13T08:00:00.000Z', last: '2026-08-13T09:00:00.000Z' },
  figures: { address: '10.0.0.4', list: 'bad' },
  ...{ q: 'src:10.0.0.4', from: '2026-08-12T14:37:00.000Z', to: '2026-08-13T14:37:00.000Z' },
}

function panel(rows: readonly Finding[], coverage: Coverage = WHOLE, at = '/') {
  const baseline = { from: '2026-08-05T14:37:00.000Z', to: '2026-08-12T14:37:00.000Z', complete: true, share: 1 }
  open(<BestFindingsPanel />, { at, routes: { findings: { ...BASIS, coverage, kinds: [], baseline, muted: 0, rows: [...rows] } } })
}

it('shows the best findings, and their number', async () => {
  panel([LISTED, { ...LISTED, id: 'low', level: 'low', figures: { address: '10.0.0.5' } }])
  expect(await screen.findByRole('listitem')).toHaveTextContent(/high.*10\.0\.0\.4/)
  expect(screen.getByRole('link', { name: '2 findings' })).toHaveAttribute('href', expect.stringMatching(/^\/findings/))
})

it('reports no findings only after the whole range has been read', async () => {
  panel([])
  expect(await screen.findByText('Nothing in this range deserves a look')).toBeVisible()
})

it('speaks only of what matches the filter', async () => {
  panel([], WHOLE, '/?q=dport:22')
  expect(await screen.findByText('Nothing that matches the filter deserves a look')).toBeVisible()
})

it('gives no all-clear if part of it has not been read', async () => {
  panel([], { ...WHOLE, complete: false, blobsRead: WHOLE.blobs - 1 })
  expect(await screen.findByText('Nothing so far: not all of the range has been read')).toBeVisible()
})

it('does not say that there is no blob, nor that there are no findings, where storage did not answer', async () => {
  const problem: CoverageProblem = {
    ...{ kind: 'source', source: 'a', blob: null, reason: 'source', message: 'a was not reached' },
    ...{ count: 1, offset: null, sample: null, bytes: 0 },
  }
  panel([], { ...WHOLE, complete: false, blobs: 0, blobsRead: 0, tuples: 0, problems: [problem] })
  expect(await screen.findByText('Nothing could be read; the reason is above')).toBeVisible()
  expect(screen.queryByRole('link', { name: '0 findings' })).toBeNull()
})

it('says that findings were not answered, and asks again', async () => {
  const { user } = open(<BestFindingsPanel />, { routes: { findings: () => refusal(500, 'store', 'Engine failed') } })
  const before = () => asked.filter((one) => one.startsWith('findings?')).length
  expect(await screen.findByRole('alert')).toHaveTextContent('Findings were not answered')
  const first = before()
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(before()).toBeGreaterThan(first))
})

it('gives no all-clear without data', async () => {
  panel([], { ...WHOLE, blobs: 0, blobsRead: 0, tuples: 0 })
  expect(await screen.findByText('No flow log has a blob for this range')).toBeVisible()
})
