import { cleanup, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, WHOLE } from '@/components/test/answers'
import { open } from '@/components/test/page'
import type { Coverage } from '@/lib/flow/answer/answer'
import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'
import { ListedPanel } from './listed-panel'

const ROW = { key: '192.0.2.9', tuples: 5, allow: 2 } as TalkersAnswer['rows'][number]

function panel(listed: 'src' | 'dst' | null, coverage: Coverage = WHOLE, at = '/') {
  open(<ListedPanel />, {
    at,
    routes: { talkers: (search) => ({ ...BASIS, coverage, rows: search.get('by') === listed ? [ROW] : [] }) as TalkersAnswer },
  })
}

it('names the listed addresses of either end', async () => {
  panel('dst')
  const item = await screen.findByRole('listitem')
  expect(item).toHaveTextContent(/^to.*192\.0\.2\.9.*5 tuples.*2 allowed$/)
})

it('says that none is listed only after everything has been read', async () => {
  panel(null)
  expect(await screen.findByText('No address in this range is on a list')).toBeVisible()
})

it('speaks of what it looked at: nothing without data, and only what matches the filter', async () => {
  panel(null, { ...WHOLE, blobs: 0, blobsRead: 0, tuples: 0 })
  expect(await screen.findByText('No data in this range')).toBeVisible()
  cleanup()
  panel(null, WHOLE, '/?q=dport:22')
  expect(await screen.findByText('No address of the tuples that match the filter is on a list')).toBeVisible()
})

it('gives no all-clear if part of it has not been read', async () => {
  panel(null, { ...WHOLE, complete: false, blobsRead: WHOLE.blobs - 1 })
  expect(await screen.findByText('None so far: not all of the range has been read')).toBeVisible()
})
