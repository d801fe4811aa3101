import { afterAll, beforeAll, expect, it } from 'vitest'
import { readScanner } from '@/lib/flow/field/scan'
import type { Store } from '@/lib/store/store'
import { type Fact, storeOf } from '../test/facts'
import { naiveTimeline } from '../test/naive/answers'
import { inRange, naiveRows } from '../test/naive/filter'
import { scannerReader } from '../test/naive/scanner'
import { Dice, randomFacts, randomView } from '../test/random'
import { scopeOf } from '../test/scope-of'
import { timelineWithNoise } from './noise'

const SEED = 31
const VIEWS = 30

let facts: Fact[]
let store: Store
let close: () => Promise<void>

beforeAll(async () => {
  const dice = new Dice(SEED)
  const strangers = Array.from({ length: 200 }, (_, i) => `45.155.205.${i}`)
  facts = randomFacts(dice, 1500).map((fact) => ({ ...fact, src: dice.chance(0.6) ? dice.pick(strangers) : fact.src }))
  ;({ store, close } = await storeOf(facts))
})
afterAll(() => close())

it('is the denied inbound traffic of scanners, bucket by bucket', async () => {
  const dice = new Dice(SEED + 1)
  const any = readScanner('any')!
  let noisy = 0
  for (let i = 0; i < VIEWS; i++) {
    const { view, sources } = randomView(dice)
    const rows = naiveRows(facts, view, sources)
    const isScanner = scannerReader(facts.filter((fact) => inRange(fact, view, sources)))
    const noise = rows.filter(({ action, dir, src }) => action === 'deny' && dir === 'in' && isScanner(src, any))
    const plain = naiveTimeline(rows, view, 48)
    const { buckets } = naiveTimeline(noise, view, 48)
    const expected = { ...plain, buckets: plain.buckets.map((bucket, at) => ({ ...bucket, noise: buckets[at]!.deny })) }
    expect(await timelineWithNoise(store, view, { scope: scopeOf(sources), buckets: 48, noise: true }), view.q).toEqual(expected)
    expect(await timelineWithNoise(store, view, { scope: scopeOf(sources), buckets: 48 })).toEqual(plain)
    if (noise.length > 0 && noise.length < rows.filter(({ action }) => action === 'deny').length) noisy++
  }
  expect(noisy).toBeGreaterThan(VIEWS / 4)
})
