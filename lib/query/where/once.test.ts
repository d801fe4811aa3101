import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FLIP_WAYS } from '@/lib/flow/view/flip'
import { flips } from '@/lib/query/flips'
import { host } from '@/lib/query/host/host'
import { rule } from '@/lib/query/rule/rule'
import { rules } from '@/lib/query/rules/rules'
import { scans } from '@/lib/query/scans'
import { talkers } from '@/lib/query/talkers/talkers'
import { timeline } from '@/lib/query/timeline/timeline'
import { exportTuples } from '@/lib/query/tuples/export-tuples'
import { flow } from '@/lib/query/tuples/flow'
import { neighbours } from '@/lib/query/tuples/neighbours'
import { tuples } from '@/lib/query/tuples/tuples'
import { values } from '@/lib/query/values'
import type { Store } from '@/lib/store/store'
import { type Fact, storeOf } from '../test/facts'
import { isSameAcl, naiveRules, naiveScans, naiveTalkers, naiveTimeline, naiveTuples, naiveValues, rowOf } from '../test/naive/answers'
import { inRange, naiveRows } from '../test/naive/filter'
import { naiveFlips } from '../test/naive/flips'
import { naiveFlow, naiveNeighbours } from '../test/naive/flow'
import { naiveHost } from '../test/naive/host'
import { naiveRepeats, ONCE } from '../test/naive/once'
import {
  Dice,
  randomAddress,
  randomBy,
  randomGroup,
  randomMetric,
  randomPrefix,
  randomSort,
  randomThresholds,
  randomView,
} from '../test/random'
import { scopeOf } from '../test/scope-of'
import { randomTwins } from '../test/twins'

const FACTS = 1600
const VIEWS = 12
const SEED = 20_261_129

let facts: Fact[]
let store: Store
let close: () => Promise<void>

beforeAll(async () => {
  facts = randomTwins(new Dice(SEED), FACTS)
  ;({ store, close } = await storeOf(facts))
})
afterAll(() => close())

describe('deduplicated, every query is answered like a plain reading of the remaining rows', () => {
  const dice = new Dice(SEED + 1)
  const questions = Array.from({ length: VIEWS }, () => {
    const { view, sources } = randomView(dice)
    return { view: { ...view, once: true }, sources, own: new Dice(dice.below(1 << 30)) }
  })

  it('covers views with and without repeats', () => {
    const left = questions.map(({ view, sources }) => {
      const all = naiveRows(facts, { ...view, once: false }, sources).length
      return all - naiveRows(facts, view, sources).length
    })
    expect(left.filter((repeated) => repeated === 0).length).toBeGreaterThan(VIEWS / 20)
    expect(left.filter((repeated) => repeated > 20).length).toBeGreaterThan(VIEWS / 4)
  })

  it.each(questions)('$view.q', async ({ view, sources, own }) => {
    const rows = naiveRows(facts, view, sources)
    const [buckets, limit] = [own.pick([1, 7, 240]), own.pick([1, 5, 1000])]
    const [by, metric, sort] = [randomBy(own), randomMetric(own), randomSort(own)]
    const scanned = { group: randomGroup(own), thresholds: randomThresholds(own), limit }
    const { field, prefix } = randomPrefix(own)
    const [ip, way] = [randomAddress(own), own.pick(FLIP_WAYS)]
    expect(await timeline(store, view, { scope: scopeOf(sources), buckets })).toEqual(naiveTimeline(rows, view, buckets))
    expect(await talkers(store, view, { scope: scopeOf(sources), by, metric, limit })).toEqual(naiveTalkers(rows, by, metric, limit))
    expect((await rules(store, view, { scope: scopeOf(sources) })).rows).toEqual(naiveRules(rows))
    const page = await tuples(store, view, { scope: scopeOf(sources), sort, limit: 50 })
    expect({ total: page.total, rows: page.rows }).toEqual({ total: rows.length, rows: naiveTuples(rows, sort).slice(0, 50) })
    expect(await values(store, view, { scope: scopeOf(sources), field, prefix, limit })).toEqual(
      naiveValues(rows, facts, field, prefix, limit),
    )
    expect(await scans(store, view, { scope: scopeOf(sources), ...scanned })).toEqual(naiveScans(rows, facts, view, sources, scanned))
    expect(await flips(store, view, { scope: scopeOf(sources), way, limit })).toEqual(
      naiveFlips(rows, facts, view, sources, { way, limit }),
    )
    expect(await host(store, view, { scope: scopeOf(sources), ip, limit })).toEqual(naiveHost(rows, facts, view, sources, ip, limit))
    const exported = []
    for await (const some of exportTuples(store, view, { scope: scopeOf(sources) }))
      exported.push(...some.map(({ blob: _, etag: __, offset: ___, subscription: ____, ...row }) => row))
    expect(exported).toEqual(naiveTuples(rows, [{ field: 'time', descending: false }]))
    const one = own.pick(facts)
    const asked = { scope: scopeOf(sources), of: rowOf(one), limit: 40 }
    const course = naiveFlow(facts, view, sources, one)
    expect(await flow(store, view, asked)).toEqual({ total: course.length, rows: course.slice(0, 40) })
    expect(await neighbours(store, view, asked)).toEqual(naiveNeighbours(facts, view, sources, one, 40))
    const named = own.pick(facts)
    const card = await rule(store, view, { scope: scopeOf(sources), rule: named.rule, acl: named.acl, dir: named.dir })
    const hits = rows.filter((row) => row.rule === named.rule && isSameAcl(row.acl, named.acl) && row.dir === named.dir)
    expect((card.allow?.tuples ?? 0) + (card.deny?.tuples ?? 0)).toBe(hits.length)
  })
})

describe('the rows of the test', () => {
  it('would reveal a change to any part of the definition', () => {
    const expected = naiveRepeats(facts).length
    expect(expected).toBeGreaterThan(FACTS / 10)
    const others: Partial<typeof ONCE>[] = [
      { apart: 59_999 },
      { apart: 60_001 },
      { continuesApart: 299_999 },
      { continuesApart: 300_001 },
      { eventOf: ({ state }) => String(state) },
      { hasDocumentedTokens: () => true },
    ]
    for (const other of others) expect(naiveRepeats(facts, { ...ONCE, ...other }).length, JSON.stringify(other)).not.toBe(expected)
    const orders: (typeof ONCE)['isPreferred'][] = [
      (a, b) => ONCE.isPreferred(b, a),
      (a, b) => a.log !== b.log && ONCE.isPreferred(a, b),
      (a, b) => ONCE.isPreferred({ ...a, format: b.format }, b),
      (a, b) => ONCE.isPreferred({ ...a, dir: b.dir }, b),
      (a, b) => ONCE.isPreferred({ ...a, mac: b.mac }, b),
      (a, b) => ONCE.isPreferred({ ...a, acl: b.acl }, b),
    ]
    const repeated = new Set(naiveRepeats(facts))
    for (const isPreferred of orders) expect(new Set(naiveRepeats(facts, { ...ONCE, isPreferred }))).not.toEqual(repeated)
  })

  it('leave the rows of the most preferred observer for every event', () => {
    const { view, sources } = randomView(new Dice(SEED + 2))
    const range = facts.filter((fact) => inRange(fact, view, sources))
    const repeated = new Set(naiveRepeats(range))
    for (const row of repeated)
      expect(range.some((other) => !repeated.has(other) && other.src === row.src && other.dst === row.dst)).toBe(true)
  })
})
