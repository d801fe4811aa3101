import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Scope } from '@/lib/query/where/scope'
import type { Store } from '@/lib/store/store'
import { type Fact, PLAIN, storeOf } from '../test/facts'
import { naiveRows } from '../test/naive/filter'
import { naiveHost } from '../test/naive/host'
import { Dice, randomAddress, randomFacts, randomView } from '../test/random'
import { scopeOf } from '../test/scope-of'
import { host } from './host'

const FACTS = 2000
const VIEWS = 40
const SEED = 20_260_813

let facts: Fact[]
let store: Store
let close: () => Promise<void>

beforeAll(async () => {
  facts = randomFacts(new Dice(SEED), FACTS)
  ;({ store, close } = await storeOf(facts))
})

afterAll(() => close())

describe("a host's answer equals a plain reading of the rows", () => {
  const dice = new Dice(SEED + 1)
  const questions = Array.from({ length: VIEWS }, () => ({ ...randomView(dice), ip: randomAddress(dice), limit: dice.pick([1, 3, 100]) }))

  it('covers addresses with every kind of answer', () => {
    const answers = questions.map(({ view, sources, ip, limit }) =>
      naiveHost(naiveRows(facts, view, sources), facts, view, sources, ip, limit),
    )
    for (const kind of [
      answers.filter(({ total }) => total.tuples === 0),
      answers.filter(({ roles }) => roles.length === 4),
      answers.filter(({ letIn }) => letIn.total > letIn.rows.length),
      answers.filter(({ letIn }) => letIn.rows.some(({ end }) => end === 'src')),
      answers.filter(({ scan }) => scan !== null),
      answers.filter(({ roles }) => roles.some(({ peers }) => peers.total > peers.rows.length)),
    ])
      expect(kind.length).toBeGreaterThan(VIEWS / 20)
  })

  it.each(questions)('$ip in $view.q', async ({ view, sources, ip, limit }) => {
    const rows = naiveRows(facts, view, sources)
    expect(await host(store, view, { scope: scopeOf(sources), ip, limit })).toEqual(naiveHost(rows, facts, view, sources, ip, limit))
  })

  it('accepts any spelling and rejects other texts', async () => {
    const view = { from: 0, to: Date.parse(PLAIN.time) + 86_400_000, q: '', filter: null, logs: [], asof: null, once: false }
    const spelt = await host(store, view, { scope: Scope.everything, ip: '[2001:0DB8:0:0::1]' })
    expect(spelt).toEqual(await host(store, view, { scope: Scope.everything, ip: '2001:db8::1' }))
    expect(spelt.total.tuples).toBeGreaterThan(0)
    await expect(host(store, view, { scope: Scope.everything, ip: '10.0.0.0/8' })).rejects.toMatchObject({ kind: 'ask', key: 'ip' })
  })
})
