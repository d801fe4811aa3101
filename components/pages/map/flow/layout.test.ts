import { describe, expect, it } from 'vitest'
import { PATH_METRICS } from '@/lib/flow/field/metric'
import type { Fact } from '@/lib/query/test/facts'
import { naivePaths } from '@/lib/query/test/naive/paths'
import { Dice, randomColumns, randomFacts } from '@/lib/query/test/random'
import { LABEL, layout } from './layout'

const WIDTH = 900
const numbers = (path: string) => [...path.matchAll(/-?[\d.]+/g)].map(([text]) => Number(text))

describe('the picture of random paths', () => {
  const dice = new Dice(21)
  const facts: Fact[] = randomFacts(dice, 300)
  const cases = Array.from({ length: 15 }, () => ({
    by: randomColumns(dice),
    metric: dice.pick(PATH_METRICS),
    limit: dice.pick([1, 5, 1000]),
  }))

  it.each(cases)('draws everything without overlapping labels, by $by', ({ by, metric, limit }) => {
    const answer = naivePaths(facts, by, metric, limit)
    const { nodes, bands, height } = layout(answer, metric, WIDTH)
    expect(nodes.map(({ node }) => node.id)).toEqual(answer.nodes.map(({ id }) => id))
    expect(bands.length).toBe(answer.links.reduce((sum, { allow, deny }) => sum + Number(allow > 0) + Number(deny > 0), 0))
    for (const column of by.keys()) {
      const own = nodes.filter(({ node }) => node.column === column)
      const centres = own.filter(({ labelled }) => labelled).map((one) => one.y + one.height / 2)
      for (const [i, centre] of centres.entries()) if (i > 0) expect(centre - centres[i - 1]!).toBeGreaterThanOrEqual(LABEL)
      for (const [i, one] of own.entries()) {
        expect(one.height).toBeGreaterThan(0)
        if (i > 0) expect(one.y).toBeGreaterThan(own[i - 1]!.y + own[i - 1]!.height)
      }
      expect(own.at(-1)!.y + own.at(-1)!.height).toBeLessThanOrEqual(height + 1e-6)
      expect(own[0]!.labelled).toBe(true)
    }
    for (const { path } of bands) for (const n of numbers(path)) expect(n).toBeGreaterThanOrEqual(0)
  })

  it('has room for a label at every one of a hundred nodes', () => {
    const many = Array.from({ length: 101 }, (_, i): Fact => ({ ...facts[0]!, src: `10.0.0.${i}`, dst: '10.1.0.1' }))
    const { nodes } = layout(naivePaths(many, ['src', 'dst'], 'tuples', 1000), 'tuples', WIDTH)
    expect(nodes.every(({ labelled }) => labelled)).toBe(true)
  })

  it('draws bars in proportion, filled by their bands', () => {
    const both = [...Array.from({ length: 30 }, () => ({ ...facts[0]!, src: '10.0.0.1' })), { ...facts[0]!, src: '10.0.0.2' }]
    const { nodes } = layout(naivePaths(both, ['src', 'dst'], 'tuples', 10), 'tuples', WIDTH)
    const [large, small, all] = nodes.map(({ height }) => height) as [number, number, number]
    expect((large - 2) / (small - 2)).toBeCloseTo(30, 5)
    expect(all - 2).toBeCloseTo(large + small - 4, 5)
  })
})
