import { expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/flow/time/bucket'
import { listings } from './prefixes'

const day = Date.UTC(2026, 10, 23)
const prefixes = (first: number, last: number) => listings('s/', first, last).map(({ prefix }) => prefix)

test('lists by the day, but by the hour if a day needs at most two hours', () => {
  expect(prefixes(day - HOUR, day + DAY + HOUR)).toEqual([
    's/y=2026/m=11/d=22/h=23/',
    's/y=2026/m=11/d=23/',
    's/y=2026/m=11/d=24/h=00/',
    's/y=2026/m=11/d=24/h=01/',
  ])
  expect(prefixes(day + 5 * HOUR + 1, day + 5 * HOUR + 2)).toEqual(['s/y=2026/m=11/d=23/h=05/'])
  expect(prefixes(day, day + 2 * HOUR)).toEqual(['s/y=2026/m=11/d=23/'])
  expect(prefixes(day + HOUR, day)).toEqual([])
})

test('gives the end of what each listing covers', () => {
  expect(listings('', day, day + DAY).map(({ end }) => end)).toEqual([day + DAY, day + DAY + HOUR])
})
