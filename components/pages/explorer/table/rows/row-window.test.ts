import { describe, expect, it } from 'vitest'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { LAST_ROW, PAGE_ROWS, pagesToHold, RowWindow, roomFor, sightOf } from './row-window'

const page = (number: number, rows = PAGE_ROWS) =>
  Array.from({ length: rows }, (_, i) => ({ id: `row-${number * PAGE_ROWS + i}` }) as TupleRow)

describe('rows in memory', () => {
  const rows = new RowWindow(4 * PAGE_ROWS + 7, new Map([3, 4].map((number) => [number, page(number, number === 4 ? 7 : PAGE_ROWS)])))

  it('are found by their place', () => {
    for (const index of [3 * PAGE_ROWS, 4 * PAGE_ROWS - 1, 4 * PAGE_ROWS, 4 * PAGE_ROWS + 6])
      expect(rows.at(index)?.id).toBe(`row-${index}`)
    for (const index of [0, 3 * PAGE_ROWS - 1, 4 * PAGE_ROWS + 7, -1]) expect(rows.at(index)).toBeUndefined()
  })

  it('are found by their id', () => {
    expect(rows.indexOf(`row-${4 * PAGE_ROWS + 3}`)).toBe(4 * PAGE_ROWS + 3)
    expect(rows.indexOf('row-1')).toBe(-1)
    expect(rows.indexOf(null)).toBe(-1)
  })
})

describe('pages to hold', () => {
  it('are the visible ones and some around them, as far as they are known', () => {
    expect(pagesToHold(sightOf(0, 40, null), 1)).toEqual([0])
    expect(pagesToHold(sightOf(20 * PAGE_ROWS - 1, 20 * PAGE_ROWS + 30, null), 100)).toEqual([15, 16, 17, 18, 19, 20, 21, 22, 23, 24])
    expect(pagesToHold(sightOf(20 * PAGE_ROWS, 20 * PAGE_ROWS + 30, null), 22)).toEqual([16, 17, 18, 19, 20, 21])
  })

  it('stay few at any scroll position, also among rows that are still to come', () => {
    for (const start of [0, 1000, 300_000, LAST_ROW])
      expect(pagesToHold(sightOf(start, start + 60, 0), start / PAGE_ROWS).length).toBeLessThan(12)
  })

  it('contain the row with the focus, wherever it is', () => {
    expect(pagesToHold(sightOf(20 * PAGE_ROWS, 20 * PAGE_ROWS + 30, 3 * PAGE_ROWS), 22)).toEqual([16, 17, 18, 19, 20, 21, 3])
    expect(pagesToHold(sightOf(0, 30, PAGE_ROWS), 2)).toEqual([0, 1])
  })

  it('are none without rows', () => expect(pagesToHold(sightOf(-1, -1, null), 0)).toEqual([]))
})

it('reserves room for some rows that are still to come, but not for more than exist', () => {
  expect(roomFor(250, 1_000_000, true)).toBe(2500)
  expect(roomFor(2500, 1_000_000, true)).toBe(5000)
  expect(roomFor(250, 700, true)).toBe(700)
  expect(roomFor(700, 700, false)).toBe(700)
  expect(roomFor(LAST_ROW - 250, 10_000_000, true)).toBe(LAST_ROW)
  expect(roomFor(LAST_ROW, 10_000_000, false)).toBe(LAST_ROW)
})
