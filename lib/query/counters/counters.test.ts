import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '@/lib/store/store'
import { recreatedCourses } from '../test/courses'
import { type Fact, storeOf } from '../test/facts'
import { naiveCounters } from '../test/naive/counters'
import { naiveReplaced, RECREATED } from '../test/naive/recreated'
import { Dice, randomFacts, randomView } from '../test/random'
import { scopeOf } from '../test/scope-of'
import { randomTwins } from '../test/twins'
import { counters } from './counters'

const VIEWS = 15
const SEED = 20_261_124

describe.each([
  ['rows of every kind', () => randomFacts(new Dice(SEED), 1500)],
  ['flows that several observers logged', () => randomTwins(new Dice(SEED), 1000)],
  ['flows that were created again', () => recreatedCourses(new Dice(SEED), 2000)],
])('of %s', (_, make) => {
  let facts: Fact[]
  let store: Store
  let close: () => Promise<void>
  beforeAll(async () => {
    facts = make()
    ;({ store, close } = await storeOf(facts))
  })
  afterAll(() => close())

  it('equal those of a plain reading of the rows', async () => {
    const dice = new Dice(SEED + 1)
    for (let i = 0; i < VIEWS; i++) {
      const { view, sources } = randomView(dice)
      const asked = { ...view, once: dice.chance(0.3) }
      expect(await counters(store, asked, { scope: scopeOf(sources) }), view.q).toEqual(naiveCounters(facts, asked, sources))
    }
  })
})

describe('the re-created rows of the test', () => {
  it('would reveal a change to any part of the definition', () => {
    const facts = recreatedCourses(new Dice(SEED), 2000)
    const expected = naiveReplaced(facts)
    expect(expected.length).toBeGreaterThan(50)
    const others: Partial<typeof RECREATED>[] = [
      { holds: () => true },
      { holds: (next, old) => RECREATED.holds(next, old) || next.bytesSent === old.bytesSent },
      { holds: (next, old) => (next.bytesSent ?? 0) > (old.bytesSent ?? 0) },
      { inOrder: (a, b) => Date.parse(a.time) - Date.parse(b.time) || a.blob - b.blob || a.offset - b.offset },
      {
        inOrder: (a, b) =>
          Date.parse(a.time) - Date.parse(b.time) || Date.parse(a.recordTime) - Date.parse(b.recordTime) || b.offset - a.offset,
      },
      { isAtOnce: () => true },
      { isAtOnce: (begin, end) => Math.abs(Date.parse(begin.time) - Date.parse(end.time)) <= 1 },
      { isMeasured: ({ state }) => state === 'end' },
      { keyOf: (fact) => RECREATED.keyOf({ ...fact, mac: '' }) },
      { keyOf: (fact) => RECREATED.keyOf({ ...fact, log: '' }) },
      { keyOf: (fact) => RECREATED.keyOf({ ...fact, dir: 'in' }) },
      { keyOf: (fact) => RECREATED.keyOf(fact) + fact.rule },
    ]
    for (const [i, other] of others.entries())
      expect(new Set(naiveReplaced(facts, { ...RECREATED, ...other }).map(([old]) => old)), `${i}`).not.toEqual(
        new Set(expected.map(([old]) => old)),
      )
  })
})
