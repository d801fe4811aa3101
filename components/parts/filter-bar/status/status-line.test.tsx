import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, WHOLE } from '@/components/test/answers'
import { open } from '@/components/test/page'
import { asked } from '@/components/test/server'
import type { Coverage } from '@/lib/flow/answer/answer'
import { StatusLine } from './status-line'

function line(coverage: Partial<Coverage> = {}) {
  return open(<StatusLine />, { routes: { timeline: { ...BASIS, coverage: { ...WHOLE, ...coverage }, bucketMs: 3_600_000, buckets: [] } } })
}

const REFUSED = {
  kind: 'tuple',
  message: 'PT1H.json: 3 tuples refused',
  source: 'nsg',
  blob: 'PT1H.json',
  reason: 'port',
  count: 3,
  bytes: 98,
  offset: 512,
  sample: '1,2,3',
} as const

it('says without a warning that nothing was lost', async () => {
  line()
  expect(await screen.findByRole('link', { name: 'Nothing was lost: every byte of all 40 blobs was read' })).toBeVisible()
})

it('shows the kinds and amounts of missing data, with a link to the coverage', async () => {
  line({ complete: false, blobsRead: 38, malformed: 3, problems: [REFUSED] })
  const link = await screen.findByRole('link', { name: 'Not counted: 3 records and tuples rejected (98 B), 2 blobs not read' })
  expect(link).toHaveAttribute('href', expect.stringMatching(/^\/coverage/))
  expect(screen.queryByText(/Nothing was lost/)).toBeNull()
})

it('counts files with traffic in an unsupported format', async () => {
  const table = { ...REFUSED, kind: 'missing', reason: 'other-form', blob: null, offset: null, sample: null, bytes: 0 } as const
  line({ complete: false, problems: [table] })
  expect(await screen.findByRole('link', { name: 'Not counted: 3 files not read' })).toBeVisible()
})

it('makes no claim without a blob', async () => {
  line({ blobs: 0, blobsRead: 0, bytes: 0, bytesRead: 0, tuples: 0 })
  expect(await screen.findByText('No data: no blob in this range')).toBeVisible()
})

it('lists what flow logs never contain, with links to the documentation', async () => {
  const { user } = line()
  await user.click(await screen.findByRole('button', { name: 'What flow logs never hold' }))
  const note = screen.getByRole('dialog', { name: 'What flow logs never hold' })
  await waitFor(() => expect(note).toHaveTextContent(/private endpoint.*App Service.*ICMP/))
  expect(screen.getByRole('link', { name: 'VNet flow logs' })).toHaveAttribute(
    'href',
    'https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview',
  )
})

it.each([
  ['all read', {}, 'Duplicate records: none'],
  ['read in part', { complete: false, blobsRead: 20 }, 'Duplicate records: none so far'],
  ['nothing read', { complete: false, blobsRead: 0, tuples: 0 }, null],
])('claims no more about duplicates than was read: %s', async (_, coverage, said) => {
  const basis = { ...BASIS, coverage: { ...WHOLE, ...coverage } }
  const none = { rows: 0, flows: 0, bytes: 0 }
  open(<StatusLine />, {
    routes: {
      timeline: { ...basis, bucketMs: 3_600_000, buckets: [] },
      counters: { ...basis, repeated: none, copies: { ...none, blobs: 0 } },
    },
  })
  await waitFor(() => expect(asked.some((url) => url.startsWith('counters'))).toBe(true))
  await waitFor(() => expect(screen.queryByText(/Duplicate records/)?.textContent?.trim() ?? null).toBe(said))
})
