import { expect, it } from 'vitest'
import { HOUR } from '@/lib/flow/time/bucket'
import { ticksOf } from './axis'

const hours = Array.from({ length: 30 }, (_, i) => Date.UTC(2024, 7, 12, 20) + i * HOUR)
const columns = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

it('labels hours, and days at their beginning', () => {
  const ticks = ticksOf(hours, columns(0, 8), 0, 'utc')
  expect(ticks.map(({ hour }) => hour).join(' ')).toBe('20 21 22 23 00 01 02 03')
  expect(ticks.flatMap(({ day, column }) => (day ? [[column, day]] : []))).toEqual([
    [0, '12 Aug'],
    [4, '13 Aug'],
  ])
})

it('labels the day of the first visible column, unless the next day is too close', () => {
  expect(ticksOf(hours, columns(6, 12), 7, 'utc').map(({ day }) => day)).toEqual([null, '13 Aug', null, null, null, null])
  expect(ticksOf(hours, columns(3, 8), 5, 'utc').map(({ day }) => day)).toEqual([null, null, '13 Aug', null, null])
  expect(ticksOf(hours, columns(3, 6), 3, 'utc').map(({ day }) => day)).toEqual([null, '13 Aug', null])
})
