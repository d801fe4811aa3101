import { afterAll, beforeAll, expect, it } from 'vitest'
import { DEFAULTS } from '@/lib/flow/finding/facts'
import { FINDING_KINDS } from '@/lib/flow/finding/kinds'
import { timeBefore } from '@/lib/flow/time/baseline'
import { counters } from '@/lib/query/counters/counters'
import { findingsOf } from '@/lib/query/findings/findings'
import { coverOf } from '@/lib/query/findings/question/cover'
import { flips } from '@/lib/query/flips'
import { host } from '@/lib/query/host/host'
import { paths } from '@/lib/query/paths/paths'
import { basis } from '@/lib/query/proof/basis'
import { manifest } from '@/lib/query/proof/manifest'
import { sample } from '@/lib/query/proof/sample'
import { rule } from '@/lib/query/rule/rule'
import { rulesWithSpark } from '@/lib/query/rules/spark'
import { scans } from '@/lib/query/scans'
import { talkersWithSpark } from '@/lib/query/talkers/spark'
import { timelineWithNoise } from '@/lib/query/timeline/noise'
import { exportTuples } from '@/lib/query/tuples/export-tuples'
import { flow } from '@/lib/query/tuples/flow'
import { flows } from '@/lib/query/tuples/flows'
import { neighbours } from '@/lib/query/tuples/neighbours'
import { tuple } from '@/lib/query/tuples/tuple'
import { tuples } from '@/lib/query/tuples/tuples'
import { values } from '@/lib/query/values'
import { SharedRows, type Sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { type Fact, storeOf } from '../test/facts'
import { rowOf } from '../test/naive/answers'
import { Dice, randomFacts, randomView } from '../test/random'
import { Scope } from './scope'

type Question = (store: Store, view: ReturnType<typeof randomView>['view'], scope: Scope, one: Fact) => Promise<unknown>

const QUESTIONS: Record<string, Question> = {
  timeline: (store, view, scope) => timelineWithNoise(store, view, { scope, noise: true }),
  talkers: (store, view, scope) => talkersWithSpark(store, view, { scope, by: ['ip'], spark: 10 }),
  'talkers by pair': (store, view, scope) => talkersWithSpark(store, view, { scope, by: ['src', 'rule'], metric: 'peers' }),
  paths: (store, view, scope) => paths(store, view, { scope, by: ['src', 'rule', 'ip'], limit: 3 }),
  rules: (store, view, scope) => rulesWithSpark(store, view, { scope, spark: 10 }),
  rule: (store, view, scope, one) => rule(store, view, { scope, rule: one.rule, acl: one.acl, dir: one.dir }),
  tuples: (store, view, scope) => tuples(store, view, { scope, limit: 20 }),
  values: (store, view, scope) => values(store, view, { scope, field: 'log', prefix: 'l' }),
  scans: (store, view, scope) => scans(store, view, { scope, group: '24' }),
  flips: (store, view, scope) => flips(store, view, { scope }),
  findings: async (store, view, scope) => {
    const cover = await coverOf(store, timeBefore(view, 3_600_000), scope)
    const asked = { scope, baseline: 3_600_000, cover, thresholds: DEFAULTS, unread: new Set<string>() }
    return Promise.all(FINDING_KINDS.map((kind) => findingsOf(kind, store, view, asked)))
  },
  host: (store, view, scope, one) => host(store, view, { scope, ip: one.src }),
  flows: (store, view, scope) => flows(store, view, { scope, limit: 20 }),
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

/** Returns the store, and every query that it receives. */
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

/** Returns a statement, and its shared subselects. */
function partsOf(question: Sql): Sql[] {
  return [question, ...question.values.flatMap((value) => (value instanceof SharedRows ? partsOf(value.rows) : []))]
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
        for (const part of partsOf(question)) {
          const reads = part.text(() => '?').match(/\b(from|join)\s+(tuples|minutes)\b/g)?.length ?? 0
          expect(part.values.filter((value) => Array.isArray(value)).length).toBeGreaterThanOrEqual(reads)
        }
      }
      expect(await ask(whole.store, view, Scope.ofBlobs([], 'somebody'), one)).toEqual(
        await ask(lone.store, view, Scope.ofSources([]), one),
      )
    }
  },
)

it('distinguishes scopes of other blobs and other people', () => {
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
