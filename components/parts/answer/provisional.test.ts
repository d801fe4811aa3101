import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { narrowTimeline, provisionalTimeline, timeless } from './provisional'

const H = Date.parse('2024-08-12T00:00:00Z')

/** Returns every bucket of [from, to) with as many allowed tuples as its number since midnight. */
function held(from: number, to: number, bucketMs: number): TimelineAnswer {
  const side = (tuples: number) => ({ tuples, flows: 0, bytes: 0, packets: 0 })
  const buckets: TimelineAnswer['buckets'] = []
  for (let t = from; t < to; t += bucketMs) buckets.push({ t, allow: side((t - H) / bucketMs), deny: side(0) })
  const view = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), q: '', logs: [], asof: null, once: false }
  const coverage = { complete: true, blobs: 1, blobsRead: 1, bytes: 1, bytesRead: 1, tuples: 1, malformed: 0, problems: [] }
  return { view, coverage, bucketMs, buckets }
}

const day = held(H, H + 24 * HOUR, 10 * MINUTE)
const starts = (answer: TimelineAnswer | null) => answer?.buckets.map(({ t }) => (t - H) / MINUTE)

describe('a narrower range', () => {
  it('gets the buckets inside it, the last one complete', () => {
    const answer = narrowTimeline([day], H + HOUR, H + HOUR + 30 * MINUTE)
    expect(starts(answer)).toEqual([60, 70, 80])
    expect(answer?.bucketMs).toBe(10 * MINUTE)
    expect(answer?.view).toEqual({ ...day.view, from: '2024-08-12T01:00:00.000Z', to: '2024-08-12T01:30:00.000Z' })
    expect(answer?.coverage).toEqual(day.coverage)
  })

  it('also gets the buckets that it begins or ends in', () => {
    expect(starts(narrowTimeline([day], H + 65 * MINUTE, H + 71 * MINUTE))).toEqual([60, 70])
  })

  it('is cut from the finest answer that covers it', () => {
    const finer = held(H + HOUR, H + 3 * HOUR, MINUTE)
    expect(starts(narrowTimeline([day, finer], H + HOUR, H + HOUR + 3 * MINUTE))).toEqual([60, 61, 62])
    expect(starts(narrowTimeline([finer, day], H + 30 * MINUTE, H + 70 * MINUTE))).toEqual([30, 40, 50, 60])
  })

  it('is null if no answer covers all of it', () => {
    expect(narrowTimeline([day], H - 1, H + HOUR)).toBeNull()
    expect(narrowTimeline([], H, H + HOUR)).toBeNull()
  })
})

it('treats two questions as the same if only their range differs', () => {
  expect(timeless('from=a&to=b&q=dport:22&log=x&wait=0')).toBe(timeless('q=dport%3A22&log=x&last=24h'))
  expect(timeless('q=dport:22')).not.toBe(timeless('q=dport:23'))
  expect(timeless('log=x')).not.toBe(timeless('log=x&log=y'))
})

it('uses only answers in memory to the same question', () => {
  const client = new QueryClient()
  const put = (params: string, answer: TimelineAnswer) => client.setQueryData(['answer', 'timeline', params], { question: params, answer })
  put('q=dport:22', day)
  put('q=dport:23', held(H, H + 24 * HOUR, MINUTE))
  const range = { kind: 'fixed', from: H, to: H + 20 * MINUTE } as const
  const question = 'from=2024-08-12T00:00:00Z&to=2024-08-12T00:20:00Z'
  expect(starts(provisionalTimeline(client, `${question}&q=dport%3A22`, range))).toEqual([0, 10])
  expect(provisionalTimeline(client, question, range)).toBeNull()
  expect(provisionalTimeline(client, 'q=dport:22&last=1h', { kind: 'last', ms: HOUR })).toBeNull()
})
