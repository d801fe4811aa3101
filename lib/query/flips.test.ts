import { afterAll, beforeAll, expect, it } from 'vitest'
import { FLIP_WAYS } from '@/lib/flow/view/flip'
import { naiveRows } from '@/lib/query/test/naive/filter'
import { naiveFlips } from '@/lib/query/test/naive/flips'
import type { Store } from '@/lib/store/store'
import { flips } from './flips'
import { type Fact, storeOf } from './test/facts'
import { Dice, randomFacts, randomView } from './test/random'
import { scopeOf } from './test/scope-of'

const SEED = 77
const VIEWS = 40
const few = <T>(dice: Dice, values: readonly T[]) => (dice.chance(0.8) ? values.slice(0, 2) : values)

/** Returns tuples with few distinct ends, ports and protocols, so that keys repeat. */
function knocking(dice: Dice, count: number): Fact[] {
  return randomFacts(dice, count).map((fact) => ({
    ...fact,
    src: dice.pick(few(dice, ['45.155.205.9', '2001:db8::1', '10.0.0.5', fact.src])),
    dst: dice.pick(few(dice, ['10.0.0.4', '2001:db8::2', fact.dst])),
    dport: dice.pick(few(dice, [3389, 22, fact.dport])),
    proto: dice.pick(few(dice, ['tcp', 'ESP', '300', fact.proto])),
  }))
}

let facts: Fact[]
let store: Store
let close: () => Promise<void>

beforeAll(async () => {
  facts = knocking(new Dice(SEED), 1500)
  ;({ store, close } = await storeOf(facts))
})
afterAll(() => close())

it('equal those of a walk through the tuples of each key', async () => {
  const dice = new Dice(SEED + 1)
  const totals: number[] = []
  for (let i = 0; i < VIEWS; i++) {
    const { view, sources } = randomView(dice)
    const asked = { way: dice.pick(FLIP_WAYS), limit: dice.pick([1, 5, 1000]) }
    const expected = naiveFlips(naiveRows(facts, view, sources), facts, view, sources, asked)
    expect(await flips(store, view, { scope: scopeOf(sources), ...asked }), JSON.stringify({ q: view.q, ...asked })).toEqual(expected)
    totals.push(expected.total)
  }
  expect(totals.filter((total) => total === 0).length).toBeGreaterThan(VIEWS / 20)
  expect(totals.filter((total) => total > 5).length).toBeGreaterThan(VIEWS / 4)
})
