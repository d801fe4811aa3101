import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, scanRow, WHOLE } from '@/components/test/answers'
import { open } from '@/components/test/page'
import type { Coverage } from '@/lib/flow/answer/answer'
import { DeniedThenAllowed } from './denied-then-allowed'

const NONE = { tuples: 0, flows: 0, bytes: 0, packets: 0 }

function tile({ tuples, denied, coverage = WHOLE, at }: { tuples: number; denied: number; coverage?: Coverage; at?: string }) {
  const bucket = { t: Date.parse('2026-08-12T15:00:00Z'), allow: { ...NONE, tuples }, deny: NONE }
  const rows = Array.from({ length: denied }, (_, i) => scanRow({ source: `203.0.113.${i}` }))
  const timeline = { ...BASIS, coverage, bucketMs: 3_600_000, buckets: [bucket] }
  return open(<DeniedThenAllowed />, { at, routes: { timeline, scans: { ...BASIS, coverage, group: 'ip', total: denied, rows } } })
}

const tick = () => document.querySelector('svg.lucide-check')

it('has a tick where there is traffic, and all of it was counted', async () => {
  tile({ tuples: 9, denied: 2 })
  expect(await screen.findByText('none of 2 denied sources allowed later')).toBeVisible()
  expect(tick()).not.toBeNull()
})

it('has none where there is no data, and says so', async () => {
  tile({ tuples: 0, denied: 0, coverage: { ...WHOLE, blobs: 0, blobsRead: 0, tuples: 0 } })
  expect(await screen.findByText('no data in this range')).toBeVisible()
  expect(tick()).toBeNull()
})

it('has none where the filter leaves no data', async () => {
  tile({ tuples: 0, denied: 0, at: '/?q=dport:1' })
  expect(await screen.findByText('no data that matches the filter')).toBeVisible()
  expect(tick()).toBeNull()
})

it('has none where some data is missing', async () => {
  tile({ tuples: 9, denied: 2, coverage: { ...WHOLE, complete: false, malformed: 1 } })
  expect(await screen.findByRole('link', { name: 'none found, but some data is missing' })).toHaveAttribute(
    'href',
    expect.stringMatching(/^\/coverage/),
  )
  expect(tick()).toBeNull()
})
