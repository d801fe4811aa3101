import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'
import { BASIS, talkerRow, VIEW } from './answers'
import type { Routes } from './server'

const cell = (hour: string) => ({
  ...{
    log: 'nsg-1',
    mac: '00224871C205',
    hour,
    state: 'read' as const,
    tuples: 1,
    bytes: 1,
    counted: 1,
    rejected: 0,
    blob: 'b',
    etag: 'e',
  },
  ...{ first: hour, last: hour, flushed: hour },
})

/** Tuples of each key (texts joined by spaces) in the range and in the time before it. */
export interface Sides {
  now: Readonly<Record<string, number>>
  before: Readonly<Record<string, number>>
}

/** Routes of a page whose link names a baseline, of which the logs cover one of 25 hours. `asks` tells whether a filter asks for a key alone. */
export function baselineRoutes({ now, before }: Sides, asks: (q: string, key: string[]) => boolean): Routes {
  const talkers = (asked: URLSearchParams): Partial<TalkersAnswer> => {
    const q = asked.get('q') ?? ''
    const all = Object.entries(Date.parse(asked.get('from')!) === Date.parse(VIEW.from) ? now : before).map(([key, tuples]) => ({
      key: key.split(' '),
      tuples,
    }))
    const wanted = all.filter(({ key }) => asks(q, key))
    const rows = (q.includes(' or ') || wanted.length > 0 ? wanted : all).map(({ key, tuples }) =>
      talkerRow({ key: key.length === 1 ? key[0]! : key, tuples }),
    )
    return { ...BASIS, by: '', metric: 'tuples', total: rows.length, rows }
  }
  return {
    plan: { blobs: 1, bytes: 1, cachedBlobs: 1, cachedBytes: 1, estimateMs: 0, askAbove: 1_000_000 },
    coverage: { ...BASIS, cells: [cell('2026-08-12T13:00:00Z')], others: [] },
    talkers,
    timeline: { ...BASIS, bucketMs: 60_000, buckets: [] },
  }
}
