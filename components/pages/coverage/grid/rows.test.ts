import { expect, it } from 'vitest'
import type { Cell } from '@/lib/flow/answer/read/coverage'
import { gridOf, holeAfter } from './rows'

const REST = { tuples: 1, bytes: 2, counted: 2, blob: 'b', etag: 'e', first: null, last: null, flushed: null }
const cell = (log: string, mac: string, hour: number, state: Cell['state'] = 'read', rejected = 0): Cell => ({
  log,
  mac,
  hour: new Date(Date.UTC(2024, 7, 12, hour)).toISOString(),
  state,
  rejected,
  ...REST,
})

const CELLS = [
  cell('a', 'M1', 2),
  cell('a', 'M1', 0, 'read', 3),
  cell('a', 'M2', 1, 'absent'),
  cell('b', 'M1', 2, 'failed'),
  cell('b', 'M2', 2, 'absent'),
  cell('c', 'M3', 1, 'open'),
]
const ALL = { holes: false, fold: [] }

it('arranges cells by log, NIC and hour, with gaps for missing ones', () => {
  const { hours, rows } = gridOf(CELLS, ALL)
  expect(hours.map((hour) => new Date(hour).getUTCHours())).toEqual([0, 1, 2])
  expect(rows.map((row) => [row.kind === 'log' ? row.log : row.mac, row.cells.map((one) => (one ? 1 : 0)).join('')])).toEqual([
    ['a', '111'],
    ['M1', '101'],
    ['M2', '010'],
    ['b', '001'],
    ['M1', '001'],
    ['M2', '001'],
    ['c', '010'],
    ['M3', '010'],
  ])
})

it('summarizes a log by its most severe cell; quiet only if all its NICs are', () => {
  const { rows } = gridOf(CELLS, ALL)
  expect(rows[0]!.cells).toMatchObject([{ standing: 'hole', holes: 1 }, { standing: 'quiet', nics: 0 }, { standing: 'whole' }])
  expect(rows[3]!.cells).toMatchObject([null, null, { standing: 'hole', holes: 1, nics: 1 }])
})

it('counts states of all cells, and shows only NICs with a hole if requested', () => {
  const { rows, nics, logs, holes, counts } = gridOf(CELLS, { holes: true, fold: [] })
  expect(rows.map((row) => (row.kind === 'log' ? row.log : row.mac))).toEqual(['a', 'M1', 'b', 'M1'])
  expect({ nics, logs, holes }).toEqual({ nics: { shown: 2, all: 5 }, logs: { shown: 2, all: 3 }, holes: 2 })
  expect(counts).toEqual({ read: 1, torn: 1, absent: 2, failed: 1, denied: 0, open: 1, unread: 0 })
})

it('hides the NICs of a folded log', () => {
  const { rows, nics } = gridOf(CELLS, { holes: false, fold: ['a', 'c'] })
  expect(rows.map((row) => (row.kind === 'log' ? row.log : row.mac))).toEqual(['a', 'b', 'M1', 'M2', 'c'])
  expect(nics).toEqual({ shown: 5, all: 5 })
})

it('is empty without cells', () => expect(gridOf([], ALL)).toMatchObject({ hours: [], rows: [], holes: 0 }))

it('finds the next hole, wrapping around', () => {
  const grid = gridOf(CELLS, ALL)
  expect(holeAfter(grid, { row: 0, column: 0 })).toEqual({ row: 1, column: 0 })
  expect(holeAfter(grid, { row: 1, column: 0 })).toEqual({ row: 4, column: 2 })
  expect(holeAfter(grid, { row: 4, column: 2 })).toEqual({ row: 1, column: 0 })
  expect(holeAfter(gridOf([cell('a', 'M1', 0)], ALL), { row: 0, column: 0 })).toBeNull()
})
