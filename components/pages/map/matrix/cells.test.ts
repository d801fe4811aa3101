import { describe, expect, it } from 'vitest'
import type { Fact } from '@/lib/query/test/facts'
import { naivePaths } from '@/lib/query/test/naive/paths'
import { Dice, randomFacts } from '@/lib/query/test/random'
import { cellsOf, SHADES } from './cells'
import { inSight } from './window'

describe('the matrix of random facts', () => {
  const facts: Fact[] = randomFacts(new Dice(5), 120)
  const { rows, columns, at } = cellsOf(naivePaths(facts, ['src', 'dst'], 'tuples', 6), 'tuples')

  it('contains in each cell the traffic between its row and its column', () => {
    const shown = (nodes: typeof rows) => nodes.filter(({ other }) => !other).map(({ value }) => value)
    const is = (value: string, node: (typeof rows)[number], nodes: typeof rows) =>
      node.other ? !shown(nodes).includes(value) : node.value === value
    for (const [r, row] of rows.entries())
      for (const [c, column] of columns.entries()) {
        const own = facts.filter(({ src, dst }) => is(src, row, rows) && is(dst, column, columns))
        const allowed = own.filter(({ action }) => action === 'allow').length
        expect([at(r, c)?.allow.value ?? 0, at(r, c)?.deny.value ?? 0]).toEqual([allowed, own.length - allowed])
      }
  })

  it('shades by rank: equal values alike, larger ones no lighter, from the first to the last shade', () => {
    const all = rows.flatMap((_, r) => columns.flatMap((_, c) => at(r, c)?.allow ?? [])).filter(({ shade }) => shade > 0)
    for (const a of all) for (const b of all) if (a.value <= b.value) expect(a.shade).toBeLessThanOrEqual(b.shade)
    expect(Math.max(...all.map(({ shade }) => shade))).toBe(SHADES)
    expect(Math.min(...all.map(({ shade }) => shade))).toBe(1)
  })
})

it.each([
  [0, 800, 38, 200, { first: 0, end: 26 }],
  [3800, 800, 38, 200, { first: 96, end: 126 }],
  [7600, 800, 38, 200, { first: 196, end: 200 }],
  [0, 800, 38, 3, { first: 0, end: 3 }],
])('in sight from %d, %d high, are rows of %d of %d', (offset, room, size, count, span) => {
  expect(inSight(offset, room, size, count)).toEqual(span)
})
