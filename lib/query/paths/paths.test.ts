import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '@/lib/store/store'
import { ENGINES } from '@/lib/store/test/engines'
import { type Fact, storeOf } from '../test/facts'
import { naiveRows } from '../test/naive-filter'
import { naivePaths } from '../test/naive-paths'
import { Dice, randomColumns, randomPathMetric, randomView } from '../test/random'
import { scopeOf } from '../test/scope-of'
import { randomTwins } from '../test/twins'
import { paths } from './paths'

const FACTS = 1200
const VIEWS = 60
const SEED = 20_270_121
const SUMS = ['tuples', 'flows', 'allow', 'deny', 'bytes', 'denyBytes'] as const

const facts: readonly Fact[] = randomTwins(new Dice(SEED), FACTS)

describe.each(ENGINES)('paths on %s', (engine) => {
  let store: Store
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ store, close } = await storeOf(facts, engine))
  })
  afterAll(() => close())

  const dice = new Dice(SEED + 1)
  const questions = Array.from({ length: VIEWS }, () => {
    const { view, sources } = randomView(dice)
    return {
      view: { ...view, once: dice.chance(0.2) },
      sources,
      by: randomColumns(dice),
      metric: randomPathMetric(dice),
      limit: dice.pick([1, 3, 20, 1000]),
    }
  })

  it.each(questions)('are what a plain reading draws, by $by in $view.q', async ({ view, sources, by, metric, limit }) => {
    const answer = await paths(store, view, { scope: scopeOf(sources), by, metric, limit })
    expect(answer).toEqual(naivePaths(naiveRows(facts, view, sources), by, metric, limit))
    for (const name of SUMS) {
      const sum = (rows: readonly { [S in typeof name]: number }[]) => rows.reduce((total, row) => total + row[name], 0)
      for (const column of by.keys()) {
        const ids = new Set(answer.nodes.filter((node) => node.column === column).map(({ id }) => id))
        expect(sum(answer.nodes.filter((node) => node.column === column))).toBe(answer.total[name])
        if (column < by.length - 1) expect(sum(answer.links.filter(({ from }) => ids.has(from)))).toBe(answer.total[name])
      }
    }
  })

  it('asks about views that find something and nothing, with others and without', () => {
    const found = questions.map(({ view, sources, by, metric, limit }) => naivePaths(naiveRows(facts, view, sources), by, metric, limit))
    expect(found.filter(({ nodes }) => nodes.length === 0).length).toBeGreaterThan(VIEWS / 20)
    expect(found.filter(({ nodes }) => nodes.some(({ other }) => other)).length).toBeGreaterThan(VIEWS / 4)
    expect(found.filter(({ nodes }) => nodes.length > 0 && !nodes.some(({ other }) => other)).length).toBeGreaterThan(VIEWS / 4)
  })
})
