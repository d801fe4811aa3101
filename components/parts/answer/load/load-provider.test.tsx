import { onlineManager } from '@tanstack/react-query'
import { screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { StatusLine } from '@/components/parts/filter-bar/status/status-line'
import { BASIS, VIEW, WHOLE } from '@/components/test/answers'
import { open } from '@/components/test/page'
import { asked, type Load, type Routes, refusal } from '@/components/test/server'
import { AnswerPanel } from '../panel/answer-panel'
import { useAnswer } from '../use-answer'

const UNREAD = { ...WHOLE, complete: false, blobs: 1, blobsRead: 0, bytesRead: 0, tuples: 0 }
const READ = { ...WHOLE, blobs: 1, blobsRead: 1 }
const PROGRESS = { blobs: 1, blobsRead: 0, bytes: 900, bytesRead: 0, tuples: 0, malformed: 0, left: null, done: false }
const DONE: Load = { view: VIEW, ends: 'done' }
const timeline = { ...BASIS, bucketMs: 3_600_000, buckets: [] }

/** One file that is read only by requests that wait for it. */
const WAITED_FOR: Routes = { timeline: (keys) => ({ ...timeline, coverage: keys.get('wait') === '0' ? UNREAD : READ }) }

function Page() {
  return (
    <>
      <StatusLine />
      <AnswerPanel title="Timeline" answered={useAnswer('timeline')} skeleton={<p>to come</p>}>
        {() => <p>here</p>}
      </AnswerPanel>
    </>
  )
}

const page = (load: Load | readonly Load[], routes = WAITED_FOR) => open(<Page />, { routes, load })
const button = (name: string) => screen.findByRole('button', { name })
const loads = () => asked.filter((request) => request.startsWith('load')).length
const blobs = (text: string) => screen.findByText(text, { selector: 'span.data' })

afterEach(() => onlineManager.setOnline(true))

it.each<[string, Load]>([
  ['is refused', { ends: 'error' }],
  ['ends after it has said the range', { view: VIEW, ends: 'error' }],
  ['fails before it knows what to read', { ends: 'problem' }],
])('offers to read on when the stream %s', async (_, first) => {
  const { user } = page([first, DONE])
  expect(await blobs('0 of 1')).toBeVisible()
  await user.click(await button('Read the rest'))
  expect(await blobs('1 of 1')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Read the rest' })).toBeNull()
  expect(loads()).toBe(2)
})

it.each<[string, Load]>([
  ['breaks, or ends without a word, while it is read', { view: VIEW, progress: PROGRESS, ends: 'error' }],
  ['fails while it is read', { view: VIEW, progress: PROGRESS, ends: 'problem' }],
  ['is done before anything else was heard of it', { ends: 'done' }],
])('lets the answers wait for their data when the stream %s', async (_, load) => {
  page(load)
  expect(await blobs('1 of 1')).toBeVisible()
  expect(loads()).toBe(1)
})

it('shows why, and requests again, if the answers also fail', async () => {
  let broken = true
  const answer = () => (broken ? refusal(503, 'busy', 'Server is too busy.') : { ...timeline, coverage: READ })
  const { user } = page({ view: VIEW, progress: PROGRESS, ends: 'error' }, { timeline: answer })
  expect(await screen.findByRole('alert')).toHaveTextContent('Server is too busy.')
  broken = false
  await user.click(await button('Try again'))
  expect(await blobs('1 of 1')).toBeVisible()
})

it('offers to read missing data after the load, and then requests all answers again', async () => {
  let read = false
  const { user } = page(DONE, { timeline: () => ({ ...timeline, coverage: read ? READ : UNREAD }) })
  const rest = await button('Read the rest')
  expect(await blobs('0 of 1')).toBeVisible()
  read = true
  await user.click(rest)
  expect(await blobs('1 of 1')).toBeVisible()
  expect(loads()).toBe(2)
})

it('can be stopped and restarted while the stream is silent', async () => {
  const { user } = page([{ ends: 'never' }, DONE])
  await user.click(await button('Cancel'))
  await user.click(await button('Read the rest'))
  expect(await blobs('1 of 1')).toBeVisible()
})

it('requests from a server on the same machine if the browser has no network', async () => {
  onlineManager.setOnline(false)
  page(DONE)
  expect(await blobs('1 of 1')).toBeVisible()
})
