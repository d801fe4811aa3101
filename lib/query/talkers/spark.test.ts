import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FilterField, fieldOf, isContextField } from '@/lib/flow/field/fields'
import type { Store } from '@/lib/store/store'
import { type Fact, storeOf } from '../test/facts'
import { isSameAcl, naiveTimeline } from '../test/naive/answers'
import { toldAt } from '../test/naive/context'
import { addressesOf, naiveRows, numbersOf } from '../test/naive/filter'
import { networkOf } from '../test/naive/network'
import { Dice, randomBy, randomFacts, randomMetric, randomView } from '../test/random'
import { scopeOf } from '../test/scope-of'
import { talkersWithSpark } from './spark'
import { talkers } from './talkers'

const FACTS = 1500
const VIEWS = 40
const SEED = 20_260_814

let facts: Fact[]
let store: Store
let close: () => Promise<void>

beforeAll(async () => {
  facts = randomFacts(new Dice(SEED), FACTS)
  ;({ store, close } = await storeOf(facts))
})

afterAll(() => close())

function has(fact: Fact, field: FilterField, word: string): boolean {
  if (isContextField(field)) return toldAt(fact, field).some(([first = 'none']) => first === word)
  const network = networkOf(fact, field)
  if (network) return network.text === word
  const { type } = fieldOf(field)
  if (type === 'address') return addressesOf(fact, field).includes(word)
  if (type === 'port' || type === 'count') return numbersOf(fact, field).map(String).includes(word)
  if (field === 'acl') return isSameAcl(fact.acl, word)
  return (fact[field as 'rule' | 'enc'] ?? 'none') === word
}

describe('the history of a talker', () => {
  const dice = new Dice(SEED + 1)
  const questions = Array.from({ length: VIEWS }, () => ({
    ...randomView(dice),
    by: randomBy(dice),
    metric: randomMetric(dice),
    limit: dice.pick([1, 7, 1000]),
    spark: dice.pick([1, 30, 240]),
  }))

  it.each(questions)('is the timeline of its own tuples, by $by in $view.q', async ({ view, sources, by, metric, limit, spark }) => {
    const answer = await talkersWithSpark(store, view, { scope: scopeOf(sources), by, metric, limit, spark })
    const { bucketMs, ...plain } = { ...answer, rows: answer.rows.map(({ spark: _, ...row }) => row) }
    expect(plain).toEqual(await talkers(store, view, { scope: scopeOf(sources), by, metric, limit }))
    const rows = naiveRows(facts, view, sources)
    for (const { key, spark: course } of answer.rows) {
      const words = [key].flat()
      const own = rows.filter((fact) => by.every((field, i) => has(fact, field, words[i]!)))
      const { bucketMs: width, buckets } = naiveTimeline(own, view, spark)
      expect(bucketMs).toBe(width)
      expect(course).toEqual({ allow: buckets.map(({ allow }) => allow.tuples), deny: buckets.map(({ deny }) => deny.tuples) })
    }
  })

  it('is left out unless requested', async () => {
    const { view, sources } = questions[0]!
    const answer = await talkersWithSpark(store, view, { scope: scopeOf(sources), spark: 0 })
    expect(answer).toEqual(await talkers(store, view, { scope: scopeOf(sources) }))
  })
})
