import { describe, expect, it } from 'vitest'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import { captionOf, pngName } from './caption'

const side = (tuples: number) => ({ tuples, flows: 0, bytes: tuples * 1024, packets: 0 })
const answer: TimelineAnswer = {
  view: {
    from: '2026-08-12T00:00:00.000Z',
    to: '2026-08-13T00:00:00.000Z',
    q: ' action:deny or dport:22 ',
    logs: [],
    asof: null,
    once: false,
  },
  coverage: { complete: true, blobs: 96, blobsRead: 96, bytes: 1, bytesRead: 1, tuples: 1, malformed: 0, problems: [] },
  bucketMs: 300_000,
  buckets: [
    { t: 0, allow: side(1000), deny: side(20), noise: side(5) },
    { t: 1, allow: side(234), deny: side(3), noise: side(0) },
  ],
}

describe('caption of the picture', () => {
  it('describes the picture, its subject and its basis', () => {
    expect(captionOf(answer, 'tuples', 'utc')).toEqual({
      title: 'Timeline of tuples',
      range: '12 Aug 2026 00:00 – 13 Aug 00:00 UTC',
      subject: 'action:deny or dport:22',
      legend: [
        { look: 'deny', text: 'denied, above: 23 tuples' },
        { look: 'noise', text: 'of which scanning, hatched: 5 tuples' },
        { look: 'allow', text: 'allowed, below: 1,234 tuples' },
      ],
      basis: '1,257 tuples in all, a bar is 5 m, 96 of 96 blobs read',
    })
    expect(pngName(answer)).toBe('flowlens-timeline-2026-08-12T000000.png')
  })

  it('names missing data, and leaves out what was not requested', () => {
    const buckets = answer.buckets.map(({ noise: _, ...rest }) => rest)
    const view = { ...answer.view, q: '', logs: ['web-1'], asof: '2026-08-12T10:00:00.000Z' }
    const caption = captionOf({ ...answer, view, buckets, coverage: { ...answer.coverage, complete: false, blobsRead: 3 } }, 'bytes', 'utc')
    expect(caption.subject).toBe('All traffic in web-1, as of 2026-08-12T10:00:00.000Z')
    expect(caption.legend.map(({ look }) => look)).toEqual(['deny', 'allow'])
    expect(caption.basis).toBe('1.23 MiB in all, a bar is 5 m, incomplete: 3 of 96 blobs read')
  })
})
