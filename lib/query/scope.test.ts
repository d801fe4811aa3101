import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { basis } from './basis'
import { counters } from './counters'
import { exportTuples } from './export-tuples'
import { flips } from './flips'
import { flow } from './flow'
import { host } from './host'
import { manifest } from './manifest'
import { neighbours } from './neighbours'
import { timelineWithNoise } from './noise'
import { rule } from './rule'
import { rulesWithSpark } from './rules-spark'
import { sample } from './sample'
import { scans } from './scans'
import { Scope } from './scope'
import { talkersWithSpark } from './talkers-spark'
import { type Fact, storeOf } from './test/facts'
import { rowOf } from './test/naive-answers'
import { Dice, randomFacts, randomView } from './test/random'
import { tuple } from './tuple'
import { tuples } from './tuples'
import { values } from './values'

type Question = (store: Store, view: ReturnType<typeof randomView>['view'], scope: Scope, one: Fact) => Promise<unknown>

const QUESTIONS: Record<string, Question> = {
  timeline: (store, view, scope) => timelineWithNoise(store, view, { scope, noise: true }),
  talkers: (store, view, scope) => talkersWithSpark(store, view, { scope, by: ['ip'], spark: 10 }),
  'talkers by pair': (store, view, scope) => talkersWithSpark(store, view, { scope, by: ['src', 'rule'], metric: 'peers' }),
  rules: (store, view, scope) => rulesWithSpark(store, view, { scope, spark: 10 }),
  rule: (store, view, scope, one) => rule(store, view, { scope, rule: one.rule, acl: one.acl, dir: one.dir }),
  tuples: (store, view, scope) => tuples(store, view, { scope, limit: 20 }),
  values: (store, view, scope) => values(store, view, { scope, field: 'log', prefix: 'l' }),
  scans: (store, view, scope) => scans(store, view, { scope, group: '24' }),
  flips: (store, view, scope) => flips(store, view, { scope }),
  host: (store, view, scope, one) => host(store, view, { scope, ip: one.src }),
  flow: (store, view, scope, one) => flow(store, view, { scope, of: rowOf(one) }),
  neighbours: (store, view, scope, one) => neighbours(store, view, { scope, of: rowOf(one) }),
  counters: (store, view, scope) => counters(store, view, { scope }),
  sample: (store, view, scope) => sample(store, view, { scope, rows: 20 }),
  manifest: async (store, view, scope) => [...(await manifest(store, view, { scope })).rows].sort(([a], [b]) => a - b),
  basis: async (store, view, scope) => (await basis(store, view, { scope })).sort((a, b) => a.blob - b.blob),
  tuple: (store, _, scope, one) => tuple(store, rowOf(one).id, { scope }),
  export: async (store, view, scope) => {
    const rows: unknown[] = []
    for await (const some of exportTuples(store, view, { scope })) rows.push(...some)
    return rows
  },
}

const facts = randomFacts(new Dice(77), 600)
const blobs = [...new Set(facts.map(({ blob }) => blob))]
const dice = new Dice(78)
const allowed = blobs.filter(() => dice.chance(0.5))
const own = facts.filter(({ blob }) => allowed.includes(blob))
let whole: Awaited<ReturnType<typeof storeOf>>
let lone: Awaited<ReturnType<typeof storeOf>>

beforeAll(async () => {
  whole = await storeOf(facts)
  lone = await storeOf(own)
})

afterAll(async () => {
  await whole.close()
  await lone.close()
})

/** The store, with every question that it is asked. */
function listening(store: Store): { store: Store; asked: Sql[] } {
  const asked: Sql[] = []
  const heard = new Proxy(store, {
    get: (target, name) => {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        if (name === 'query' || name === 'stream') asked.push(given[0] as Sql)
        return (value as (...given: unknown[]) => unknown).apply(target, given)
      }
    },
  })
  return { store: heard, asked }
}

it.each(Object.entries(QUESTIONS))(
  '%s answers as a store that holds nothing else, and names the blobs wherever it reads rows',
  async (_, ask) => {
    expect(own.length).toBeGreaterThan(0)
    expect(own.length).toBeLessThan(facts.length)
    for (let i = 0; i < 12; i++) {
      const { view } = randomView(dice)
      const one = dice.pick(facts)
      const { store, asked } = listening(whole.store)
      const found = await ask(store, view, Scope.ofBlobs(allowed, 'somebody'), one)
      expect(found, view.q).toEqual(await ask(lone.store, view, Scope.everything, one))
      for (const question of asked) {
        const reads = question.text(() => '?').match(/\b(from|join)\s+(tuples|minutes)\b/g)?.length ?? 0
        expect(question.values.filter((value) => typeof value === 'object').length).toBeGreaterThanOrEqual(reads)
      }
      expect(await ask(whole.store, view, Scope.ofBlobs([], 'somebody'), one)).toEqual(
        await ask(lone.store, view, Scope.ofSources([]), one),
      )
    }
  },
)

it('keeps scopes of other blobs and other askers apart', () => {
  const keys = [
    Scope.everything,
    Scope.ofSources([]),
    Scope.ofSources(['a']),
    Scope.ofBlobs([], 'x'),
    Scope.ofBlobs([1, 2], 'x'),
    Scope.ofBlobs([1], 'x'),
    Scope.ofBlobs([1, 2], 'y'),
  ].map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
  expect(Scope.ofBlobs([2, 1], 'x').key).toBe(Scope.ofBlobs([1, 2], 'x').key)
})
