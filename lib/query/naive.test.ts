import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SCAN_ORDERS, TALKER_ORDERS } from '@/lib/flow/field/orders'
import { naiveRules, naiveScans, naiveTalkers, naiveTimeline, naiveTuples, naiveValues, rowOf } from '@/lib/query/test/naive/answers'
import { naiveRows } from '@/lib/query/test/naive/filter'
import type { Store } from '@/lib/store/store'
import { ENGINES } from '@/lib/store/test/engines'
import { rules } from './rules/rules'
import { scans } from './scans'
import { talkers } from './talkers/talkers'
import { type Fact, storeOf } from './test/facts'
import {
  Dice,
  randomBy,
  randomFacts,
  randomGroup,
  randomMetric,
  randomOrder,
  randomPrefix,
  randomSort,
  randomThresholds,
  randomView,
} from './test/random'
import { scopeOf } from './test/scope-of'
import { timeline } from './timeline/timeline'
import { tuple } from './tuples/tuple'
import { tuples } from './tuples/tuples'
import { values } from './values'
import { Scope } from './where/scope'

const FACTS = 2000
const VIEWS = 64
const SEED = 20_240_812

const facts: readonly Fact[] = randomFacts(new Dice(SEED), FACTS)

describe.each(ENGINES)('every query is answered like a plain reading of the rows on %s', (engine) => {
  let store: Store
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ store, close } = await storeOf(facts, engine))
  })
  afterAll(() => close())
  const dice = new Dice(SEED + 1)
  const questions = Array.from({ length: VIEWS }, () => ({ ...randomView(dice), own: new Dice(dice.below(1 << 30)) }))

  it('covers views that find something, everything and nothing', () => {
    const found = questions.map(({ view, sources }) => naiveRows(facts, view, sources).length)
    expect(found.filter((rows) => rows === 0).length).toBeGreaterThan(VIEWS / 20)
    expect(found.filter((rows) => rows > 0 && rows < FACTS / 2).length).toBeGreaterThan(VIEWS / 2)
    expect(found.filter((rows) => rows >= FACTS / 2).length).toBeGreaterThan(VIEWS / 20)
  })

  // ClickHouse is slower and gets only every third question here; `engines.test.ts` compares its answers with DuckDB's.
  it.each(questions.filter((_, i) => engine === 'duckdb' || i % 3 === 0))('$view.q', async ({ view, sources, own }) => {
    const rows = naiveRows(facts, view, sources)
    const [buckets, limit] = [own.pick([1, 7, 240]), own.pick([1, 5, 1000])]
    const [by, metric, sort] = [randomBy(own), randomMetric(own), randomSort(own)]
    const order = randomOrder(own, TALKER_ORDERS)
    const asked = { group: randomGroup(own), thresholds: randomThresholds(own), limit, sort: randomOrder(own, SCAN_ORDERS) }
    const { field, prefix } = randomPrefix(own)
    const [time, talk, rule, page, scan, value] = await Promise.all([
      timeline(store, view, { scope: scopeOf(sources), buckets }),
      talkers(store, view, { scope: scopeOf(sources), by, metric, limit, sort: order }),
      rules(store, view, { scope: scopeOf(sources) }),
      tuples(store, view, { scope: scopeOf(sources), sort, limit: 50 }),
      scans(store, view, { scope: scopeOf(sources), ...asked }),
      values(store, view, { scope: scopeOf(sources), field, prefix, limit }),
    ])
    expect(time).toEqual(naiveTimeline(rows, view, buckets))
    expect(talk).toEqual(naiveTalkers(rows, by, metric, limit, order))
    expect(rule.rows).toEqual(naiveRules(rows))
    expect({ total: page.total, rows: page.rows }).toEqual({ total: rows.length, rows: naiveTuples(rows, sort).slice(0, 50) })
    expect(value).toEqual(naiveValues(rows, facts, field, prefix, limit))
    expect(scan).toEqual(naiveScans(rows, facts, view, sources, asked))
  })

  it('finds single tuples by their id', async () => {
    for (const fact of facts.slice(0, 20)) {
      const row = rowOf(fact)
      expect(await tuple(store, row.id, { scope: Scope.everything })).toEqual(row)
      expect(await tuple(store, row.id, { scope: Scope.ofSources([fact.source]) })).toEqual(row)
      expect(await tuple(store, row.id, { scope: Scope.ofSources(['elsewhere']) })).toBeNull()
    }
    expect(await tuple(store, 'zzz-zzz', { scope: Scope.everything })).toBeNull()
    expect(await tuple(store, 'no id', { scope: Scope.everything })).toBeNull()
  })
})
