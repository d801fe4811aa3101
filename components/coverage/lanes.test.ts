import { expect, it } from 'vitest'
import type { Cell } from './cell-state'
import { lanesOf } from './lanes'

const cell = (log: string, mac: string, hour: string): Cell => ({ log, mac, hour, state: 'read', tuples: 1, bytes: 2, blob: null })

it('lays cells out by lane and hour, with gaps where there is none', () => {
  const cells = [
    cell('a', 'M1', '2024-08-12T02:00:00Z'),
    cell('a', 'M1', '2024-08-12T00:00:00Z'),
    cell('a', 'M2', '2024-08-12T01:00:00Z'),
    cell('b', 'M1', '2024-08-12T02:00:00Z'),
  ]
  const { hours, lanes } = lanesOf(cells)
  expect(hours).toEqual(['2024-08-12T00:00:00Z', '2024-08-12T01:00:00Z', '2024-08-12T02:00:00Z'])
  expect(lanes.map(({ log, mac, cells: row }) => [log, mac, row.map((one) => (one ? 1 : 0)).join('')])).toEqual([
    ['a', 'M1', '101'],
    ['a', 'M2', '010'],
    ['b', 'M1', '001'],
  ])
})

it('is empty without cells', () => expect(lanesOf([])).toEqual({ hours: [], lanes: [] }))
