import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketWidth, floorTo, HOUR } from '@/lib/flow/time/bucket'
import { hoursWithoutData, previousRange } from './previous-range'

const noon = Date.parse('2024-08-12T12:00:00Z')

describe('the previous period', () => {
  it('ends where the range begins, if whole buckets fill it', () =>
    expect(previousRange({ from: noon - HOUR, to: noon }, 60_000)).toEqual({ from: noon - 2 * HOUR, to: noon - HOUR }))
  it('is shifted by whole buckets otherwise', () =>
    expect(previousRange({ from: noon - 150_000, to: noon }, 60_000)).toEqual({ from: noon - 330_000, to: noon - 180_000 }))
  it('is none before 1970', () => expect(previousRange({ from: HOUR, to: 3 * HOUR }, 60_000)).toBeNull())

  it('has the same buckets as the range', () => {
    const from = fc.integer({ min: 1_600_000_000_000, max: 1_800_000_000_000 })
    fc.assert(
      fc.property(from, fc.integer({ min: 1, max: 10_000_000_000 }), (start, length) => {
        const range = { from: start, to: start + length }
        const width = bucketWidth(range.from, range.to, 240)
        const before = previousRange(range, width)!
        const count = (one: typeof range) => Math.ceil(one.to / width) - floorTo(one.from, width) / width
        expect(bucketWidth(before.from, before.to, 240)).toBe(width)
        expect(count(before)).toBe(count(range))
        expect(before.to).toBeLessThanOrEqual(range.from)
      }),
    )
  })
})

describe('holes', () => {
  const cell = (hour: number, state: 'read' | 'unread' | 'absent' | 'open' | 'failed') => ({
    log: 'a',
    mac: '000D3A000001',
    hour: new Date(hour).toISOString(),
    state,
    tuples: 0,
    bytes: 0,
    blob: null,
  })
  const range = { from: noon - 2.5 * HOUR, to: noon }
  it('are hours without data in any log', () => {
    const cells = [
      cell(noon - 3 * HOUR, 'read'),
      cell(noon - 2 * HOUR, 'absent'),
      cell(noon - 2 * HOUR, 'open'),
      cell(noon - HOUR, 'failed'),
    ]
    expect(hoursWithoutData(cells, range)).toEqual({ missing: 1, hours: 3 })
    expect(hoursWithoutData([], range)).toEqual({ missing: 3, hours: 3 })
  })
})
