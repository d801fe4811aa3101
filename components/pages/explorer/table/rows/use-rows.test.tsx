import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { StatusLine } from '@/components/parts/filter-bar/status/status-line'
import { BASIS, VIEW, WHOLE } from '@/components/test/answers'
import { open } from '@/components/test/page'
import { asked } from '@/components/test/server'
import type { TuplesAnswer } from '@/lib/flow/answer/tuples/tuples'
import { useRows } from './use-rows'

const UNREAD = { ...WHOLE, complete: false, blobs: 1, blobsRead: 0, tuples: 0 }
const READ = { ...WHOLE, blobs: 1, blobsRead: 1 }

function Page() {
  const { data } = useRows('tuples')
  return (
    <>
      <StatusLine />
      <p>{data === undefined ? 'no rows' : `rows of ${data.coverage.blobsRead} of ${data.coverage.blobs} blobs`}</p>
    </>
  )
}

it('requests again if an answer requested during the load arrives after it has ended', async () => {
  const tuples = (coverage: typeof WHOLE): TuplesAnswer => ({ ...BASIS, coverage, total: 0, rows: [], next: null })
  let arrive!: (answer: TuplesAnswer) => void
  const early = new Promise<TuplesAnswer>((resolve) => {
    arrive = resolve
  })
  const { user } = open(<Page />, {
    load: [{ ends: 'never' }, { view: VIEW, ends: 'done' }],
    routes: {
      timeline: { ...BASIS, coverage: UNREAD, bucketMs: 3_600_000, buckets: [] },
      tuples: (keys) => (keys.get('limit') === '1' || keys.get('wait') !== '0' ? tuples(READ) : early),
    },
  })
  await user.click(await screen.findByRole('button', { name: 'Cancel' }))
  await user.click(await screen.findByRole('button', { name: 'Read the rest' }))
  await waitFor(() => expect(asked.filter((request) => request.startsWith('load'))).toHaveLength(2))
  // Offered again, since the load is done and left part of the data unread.
  await screen.findByRole('button', { name: 'Read the rest' })
  arrive(tuples(UNREAD))
  expect(await screen.findByText('rows of 1 of 1 blobs')).toBeVisible()
})
