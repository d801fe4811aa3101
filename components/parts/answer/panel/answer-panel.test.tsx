import { act, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, VIEW, WHOLE } from '@/components/test/answers'
import { linkKey, open } from '@/components/test/page'
import { type Load, type Routes, refusal } from '@/components/test/server'
import type { Plan } from '@/lib/flow/answer/read/plan'
import { useAnswer } from '../use-answer'
import { AnswerPanel } from './answer-panel'

function Part() {
  const answered = useAnswer('values')
  return (
    <AnswerPanel title="Values" answered={answered} skeleton={<p>to come</p>} isEmpty={({ rows }) => rows.length === 0}>
      {({ rows }) => <p>{rows.map(({ value }) => value).join()}</p>}
    </AnswerPanel>
  )
}

const SOME = { ...BASIS, rows: [{ value: '22', tuples: 1 }] }
const NONE = { ...BASIS, rows: [] }
const UNREAD = { ...WHOLE, complete: false, blobsRead: 0, bytesRead: 0, tuples: 0 }
const PLAN: Plan = { blobs: 40, bytes: 13_314_398_617, cachedBlobs: 0, cachedBytes: 0, estimateMs: 40_000, askAbove: 5_000_000_000 }

function part(values: Routes['values'], { at = '/', load }: { at?: string; load?: Load } = {}) {
  return open(<Part />, { at, routes: { values }, ...(load ? { load } : {}) })
}

const panel = () => within(screen.getByRole('region', { name: 'Values' }))

it('shows a skeleton before the answer, then the answer', async () => {
  part(SOME)
  expect(panel().getByText('to come')).toBeVisible()
  expect(await panel().findByText('22')).toBeVisible()
  expect(panel().queryByText('to come')).not.toBeInTheDocument()
})

it('waits until the reading has begun', async () => {
  part(SOME, { load: { ends: 'never' } })
  await waitFor(() => expect(panel().getByText('to come')).toBeVisible())
  expect(panel().queryByText('22')).not.toBeInTheDocument()
})

it('shows why the answer failed, and requests it again', async () => {
  let broken = true
  const { user } = part(() => (broken ? refusal(504, 'slow', 'The store took too long.') : SOME))
  expect(await panel().findByRole('alert')).toHaveTextContent('The store took too long.')
  broken = false
  await user.click(panel().getByRole('button', { name: 'Try again' }))
  expect(await panel().findByText('22')).toBeVisible()
})

it('leads to the sign-in, and back to this link, if the session is over', async () => {
  let signedIn = true
  part(() => (signedIn ? SOME : refusal(401, 'signin', 'Session is missing or over: sign in')), { at: '/?q=dport:22' })
  expect(await panel().findByText('22')).toBeVisible()
  signedIn = false
  act(() => window.history.pushState(null, '', '/?q=dport:23'))
  expect(await panel().findByRole('link', { name: 'Sign in again' })).toHaveAttribute(
    'href',
    `/api/auth/login?returnTo=${encodeURIComponent('/?q=dport%3A23')}`,
  )
  expect(panel().queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument()
})

it('runs no query while the filter is invalid', async () => {
  part(SOME, { at: '/?q=dport:99999' })
  expect(await panel().findByText('Filter error: no query run')).toBeVisible()
})

it('says for an empty answer that the filter matches nothing, and clears it', async () => {
  const { user } = part((keys) => (keys.has('q') ? NONE : SOME), { at: '/?q=dport:1' })
  expect(await panel().findByText('The filter matches nothing')).toBeVisible()
  await user.click(panel().getByRole('button', { name: 'Clear the filter' }))
  expect(linkKey('q')).toBeNull()
  expect(await panel().findByText('22')).toBeVisible()
})

it('does not say that there is nothing if not all has been read', async () => {
  part({ ...NONE, coverage: UNREAD })
  expect(await panel().findByText('Nothing so far')).toBeVisible()
  expect(panel().queryByText('Nothing in this range')).not.toBeInTheDocument()
})

it('says that there is nothing in the range, and links to the newest data', async () => {
  const empty = { ...NONE, coverage: { ...WHOLE, blobs: 0, blobsRead: 0, tuples: 0 } }
  const { user } = part(empty, { at: '/?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z' })
  expect(await panel().findByText('Nothing in this range')).toBeVisible()
  expect(panel().getByText('No flow log has a blob for it.')).toBeVisible()
  await user.click(panel().getByRole('button', { name: 'Latest 24 h of data' }))
  expect([linkKey('from'), linkKey('to')]).toEqual([null, null])
})

it('says that nothing could be read, without a claim about the traffic', async () => {
  const problem = {
    kind: 'blob',
    message: 'gone',
    source: null,
    blob: 'x',
    reason: 'absent',
    count: 1,
    bytes: 0,
    offset: null,
    sample: null,
  } as const
  part({ ...NONE, coverage: { ...UNREAD, problems: [problem] } })
  expect(await panel().findByText('Nothing could be read')).toBeVisible()
  expect(panel().getByText('incomplete')).toHaveAttribute('title', '0 of 40 blobs read')
})

it('says before the reader agrees that nothing was read', async () => {
  part({ ...NONE, coverage: UNREAD }, { load: { view: VIEW, ends: 'ask', plan: PLAN } })
  expect(await panel().findByText('Not read yet')).toBeVisible()
})

it('marks an incomplete answer', async () => {
  part({ ...SOME, coverage: { ...WHOLE, complete: false, blobsRead: 30 } })
  expect(await panel().findByText('22')).toBeVisible()
  expect(panel().getByText('incomplete')).toHaveAttribute('title', '30 of 40 blobs read')
})
