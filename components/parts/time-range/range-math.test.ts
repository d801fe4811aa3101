import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Zone } from '@/components/parts/format/time'
import { askedPatch, bucketRange, rangePatch, shiftRange, untilNow, zoomRange } from './range-math'

const from = Date.parse('2024-08-12T10:00:00Z')
const to = Date.parse('2024-08-12T11:00:00Z')

describe('shifting', () => {
  beforeEach(() => {
    vi.stubEnv('TZ', 'Europe/Berlin')
  })
  afterEach(() => {
    vi.unstubAllEnvs()
  })
  const shifted = (start: string, end: string, windows: number, zone: Zone) => {
    const range = shiftRange({ from: Date.parse(start), to: Date.parse(end) }, windows, zone)
    return [range.from, range.to].map((t) => new Date(t).toISOString().replace(':00.000Z', 'Z'))
  }

  it('shifts by whole windows', () => {
    expect(shiftRange({ from, to }, -1, 'utc')).toEqual({ from: from - 3_600_000, to: from })
    expect(shiftRange({ from, to }, 1, 'local')).toEqual({ from: to, to: to + 3_600_000 })
  })
  it('keeps whole local days when the clock changes', () => {
    expect(shifted('2024-03-30T23:00Z', '2024-03-31T22:00Z', -1, 'local')).toEqual(['2024-03-29T23:00Z', '2024-03-30T23:00Z'])
    expect(shifted('2024-03-29T23:00Z', '2024-03-30T23:00Z', 1, 'local')).toEqual(['2024-03-30T23:00Z', '2024-03-31T22:00Z'])
    expect(shifted('2024-10-25T22:00Z', '2024-10-26T22:00Z', 1, 'local')).toEqual(['2024-10-26T22:00Z', '2024-10-27T23:00Z'])
    expect(shifted('2024-10-20T22:00Z', '2024-10-27T23:00Z', 1, 'local')).toEqual(['2024-10-27T23:00Z', '2024-11-03T23:00Z'])
  })
  it('keeps the length of other ranges, and of days in another zone', () => {
    expect(shifted('2024-03-31T00:00Z', '2024-03-31T02:00Z', -1, 'local')).toEqual(['2024-03-30T22:00Z', '2024-03-31T00:00Z'])
    expect(shifted('2024-03-31T00:00Z', '2024-04-01T00:00Z', -1, 'local')).toEqual(['2024-03-30T00:00Z', '2024-03-31T00:00Z'])
  })
  it('shifts from month to month', () => {
    expect(shifted('2024-03-01T00:00Z', '2024-04-01T00:00Z', -1, 'utc')).toEqual(['2024-02-01T00:00Z', '2024-03-01T00:00Z'])
    expect(shifted('2024-01-01T00:00Z', '2024-02-01T00:00Z', 1, 'utc')).toEqual(['2024-02-01T00:00Z', '2024-03-01T00:00Z'])
    expect(shifted('2023-11-30T23:00Z', '2023-12-31T23:00Z', 4, 'local')).toEqual(['2024-03-31T22:00Z', '2024-04-30T22:00Z'])
    expect(shifted('2024-01-01T00:00Z', '2024-04-01T00:00Z', -1, 'utc')).toEqual(['2023-10-01T00:00Z', '2024-01-01T00:00Z'])
  })
  it('returns to the original range', () => {
    for (const zone of ['utc', 'local'] as const) {
      const day = { from: Date.parse('2024-03-30T23:00Z'), to: Date.parse('2024-03-31T22:00Z') }
      const back = shiftRange(shiftRange(day, -1, zone), 1, zone)
      expect(back.from).toBe(day.from)
    }
  })
})

it('zooms around the middle, and no narrower than a second', () => {
  expect(zoomRange({ from, to }, 2)).toEqual({ from: from - 1_800_000, to: to + 1_800_000 })
  expect(zoomRange({ from, to }, 0.5)).toEqual({ from: from + 900_000, to: to - 900_000 })
  const { from: a, to: b } = zoomRange({ from, to: from + 1000 }, 0.5)
  expect(b - a).toBeGreaterThanOrEqual(1000)
  expect(a % 1000).toBe(0)
})

describe('a brush over buckets', () => {
  const width = 900_000
  const t = [0, 1, 2, 3].map((i) => from + i * width)
  it('contains the whole last bucket', () => expect(bucketRange(t, width, 1, 3)).toEqual({ from: from + width, to }))
  it('may be drawn from right to left', () => expect(bucketRange(t, width, 3, 1)).toEqual({ from: from + width, to }))
  it('may be one bucket', () => expect(bucketRange(t, width, 0, 0)).toEqual({ from, to: from + width }))
  it('stays inside the chart', () => expect(bucketRange(t, width, -4, 9)).toEqual({ from, to }))
  it('is null without buckets', () => expect(bucketRange([], width, 0, 0)).toBeNull())
})

it('writes the link keys of a range', () => {
  expect(rangePatch({ from, to })).toEqual({ from: '2024-08-12T10:00:00Z', to: '2024-08-12T11:00:00Z', last: null })
  expect(askedPatch({ kind: 'fixed', from, to: null })).toEqual({ from: '2024-08-12T10:00:00Z', to: null, last: null })
  expect(askedPatch({ kind: 'last', ms: 900_000 })).toEqual({ from: null, to: null, last: '15m' })
  expect(askedPatch({ kind: 'newest' })).toEqual({ from: null, to: null, last: null })
})

it('ends no range in the future, unless all of it is', () => {
  const now = Date.UTC(2024, 7, 12, 10, 0, 30)
  const at = (hour: number, minute = 0) => Date.UTC(2024, 7, 12, hour, minute)
  expect(untilNow({ from: at(8), to: at(12) }, now)).toEqual({ from: at(8), to: at(10, 1) })
  expect(untilNow({ from: at(8), to: at(9) }, now)).toEqual({ from: at(8), to: at(9) })
  expect(untilNow({ from: at(11), to: at(12) }, now)).toEqual({ from: at(11), to: at(12) })
})
