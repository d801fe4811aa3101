import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { timeBefore } from '@/lib/flow/time/baseline'
import { HOUR } from '@/lib/flow/time/bucket'
import type { Store } from '@/lib/store/store'
import { ENGINES } from '@/lib/store/test/engines'
import { type Fact, storeOf } from '../test/facts'
import { naiveRows } from '../test/naive/filter'
import { naivePaths } from '../test/naive/paths'
import { Dice, randomColumns, randomPathMetric, randomView } from '../test/random'
import { scopeOf } from '../test/scope-of'
import { randomTwins } from '../test/twins'
import { paths } from './paths'

const FACTS = 600
const VIEWS = 60
const SEED = 20_270_121
const SUMS = ['tuples', 'flows', 'allow', 'deny', 'bytes', 'denyBytes'] as const

const facts: readonly Fact[] = randomTwins(new Dice(SEED), FACTS)

const dice = new Dice(SEED + 1)
const questions = Array.from({ length: VIEWS }, () => {
  const { view: asked, sources } = randomView(dice)
  const view = { ...asked, once: dice.chance(0.2) }
  const [by, metric, limit] = [randomColumns(dice), randomPathMetric(dice), dice.pick([1, 3, 20, 1000])]
  const before = dice.chance(0.3) ? timeBefore(view, dice.pick([17 * 60_000, 2 * HOUR])) : undefined
  const rows = naiveRows(facts, view, sources)
  const expected = naivePaths(rows, by, metric, limit, before && naiveRows(facts, before, sources))
  return { view, sources, by, metric, limit, before, expected }
})

describe.each(ENGINES)('paths on %s', (engine) => {
  let store: Store
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ store, close } = await storeOf(facts, engine))
  })
  afterAll(() => close())

  // ClickHouse is slower and gets only every fifth question here; `engines.test.ts` compares its answers with DuckDB's.
  const asked = questions.filter((_, i) => engine === 'duckdb' || i % 5 === 0)

  it.each(asked)('equal a plain reading, by $by in $view.q', async ({ view, sources, by, metric, limit, before, expected }) => {
    const scope = scopeOf(sources)
    const answer = await paths(store, view, { scope, by, metric, limit, ...(before && { before: { view: before, scope } }) })
    expect(answer).toEqual(expected)
    for (const name of SUMS) {
      const sum = (rows: readonly { [S in typeof name]: number }[]) => rows.reduce((total, row) => total + row[name], 0)
      for (const column of by.keys()) {
        const ids = new Set(answer.nodes.filter((node) => node.column === column).map(({ id }) => id))
        expect(sum(answer.nodes.filter((node) => node.column === column))).toBe(answer.total[name])
        if (column < by.length - 1) expect(sum(answer.links.filter(({ from }) => ids.has(from)))).toBe(answer.total[name])
      }
    }
  })
})

it('covers views that find something and nothing, with and without other values, and links that are new and not new', () => {
  const found = questions.map(({ expected }) => expected)
  expect(found.filter(({ nodes }) => nodes.length === 0).length).toBeGreaterThan(VIEWS / 20)
  expect(found.filter(({ nodes }) => nodes.some(({ other }) => other)).length).toBeGreaterThan(VIEWS / 4)
  expect(found.filter(({ nodes }) => nodes.length > 0 && !nodes.some(({ other }) => other)).length).toBeGreaterThan(VIEWS / 4)
  const compared = found.flatMap(({ links }) => links.flatMap(({ before }) => before ?? []))
  const isNew = ({ allow, deny }: { allow: number; deny: number }) => allow + deny === 0
  expect(compared.some(isNew) && !compared.every(isNew)).toBe(true)
})
