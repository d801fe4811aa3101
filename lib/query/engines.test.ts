import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readLimits } from '@/lib/config/limits'
import { FLOW_ORDERS } from '@/lib/flow/field/orders'
import { Problem } from '@/lib/flow/problem'
import type { View } from '@/lib/flow/view/view'
import { rowOf } from '@/lib/query/test/naive/answers'
import { gated } from '@/lib/store/gated'
import type { Store } from '@/lib/store/store'
import { hasClickhouse } from '@/scripts/clickhouse/start'
import { seedOfRun } from '@/scripts/tests/seed'
import { counters } from './counters/counters'
import { flips } from './flips'
import { host } from './host/host'
import { paths } from './paths/paths'
import { basis } from './proof/basis'
import { manifest } from './proof/manifest'
import { sample } from './proof/sample'
import { rule } from './rule/rule'
import { rulesWithSpark } from './rules/spark'
import { scans } from './scans'
import { talkersWithSpark } from './talkers/spark'
import { type Fact, storeOf } from './test/facts'
import {
  Dice,
  randomAddress,
  randomBy,
  randomColumns,
  randomFacts,
  randomGroup,
  randomMetric,
  randomOrder,
  randomPathMetric,
  randomPrefix,
  randomSort,
  randomThresholds,
  randomView,
} from './test/random'
import { timelineWithNoise } from './timeline/noise'
import { exportTuples } from './tuples/export-tuples'
import { flow } from './tuples/flow'
import { flows } from './tuples/flows'
import { neighbours } from './tuples/neighbours'
import { tuple } from './tuples/tuple'
import { tuples } from './tuples/tuples'
import { values } from './values'
import { Scope } from './where/scope'

/** Statements of ClickHouse that look up the marks of all blobs. */
const wide = vi.hoisted(() => new Set<string>())
vi.mock('@/lib/store/clickhouse/narrow', async (original) => {
  const { narrowed } = await original<typeof import('@/lib/store/clickhouse/narrow')>()
  return {
    narrowed: (...asked: Parameters<typeof narrowed>) => {
      const written = narrowed(...asked)
      if (/\b(from|join)\s+(tuples|minutes)\b/.test(written)) wide.add(written)
      return written
    },
  }
})

/** Queries in total: `npm run verify -- engines` runs more. */
const QUESTIONS = Number(process.env.FLOWLENS_TEST_CASES || 100)
const SEED = seedOfRun()
/** Queries on the same rows. */
const ROUND = 200
const FACTS = 1500
/** Simultaneous queries, and simultaneous parts of them in an engine, as in the server. */
const WIDTH = 6
const GATE = readLimits({}).queries

type Ask = (store: Store) => Promise<unknown>

async function all<T>(batches: AsyncIterable<T[]>): Promise<T[]> {
  const rows: T[] = []
  for await (const some of batches) rows.push(...some)
  return rows
}

/** The subject of each query, chosen for both engines at once. */
const KINDS: Record<string, (dice: Dice, view: View, scope: Scope, facts: readonly Fact[]) => Ask> = {
  timeline: (dice, view, scope) => {
    const options = { scope, buckets: dice.pick([1, 7, 240]), noise: dice.chance(0.3) }
    return (store) => timelineWithNoise(store, view, options)
  },
  talkers: (dice, view, scope) => {
    const options = {
      scope,
      by: randomBy(dice),
      metric: randomMetric(dice),
      limit: dice.pick([1, 5, 1000]),
      spark: dice.pick([0, 0, 20]),
    }
    return (store) => talkersWithSpark(store, view, options)
  },
  paths: (dice, view, scope) => {
    const options = { scope, by: randomColumns(dice), metric: randomPathMetric(dice), limit: dice.pick([1, 5, 1000]) }
    return (store) => paths(store, view, options)
  },
  rules: (dice, view, scope) => {
    const options = { scope, per: dice.pick(['acl', 'log'] as const), spark: dice.pick([0, 12]) }
    return (store) => rulesWithSpark(store, view, options)
  },
  rule: (dice, view, scope, facts) => {
    const { rule: name, acl, dir } = dice.pick(facts)
    const options = { scope, rule: name, acl, ...(dice.chance(0.5) && { dir }), limit: dice.pick([2, 100]), spark: 10 }
    return (store) => rule(store, view, options)
  },
  tuples: (dice, view, scope) => {
    const options = { scope, sort: randomSort(dice), limit: dice.pick([1, 20, 300]) }
    return async (store) => {
      const first = await tuples(store, view, options)
      return [first, first.next && (await tuples(store, view, { ...options, cursor: first.next }))]
    }
  },
  tuple: (dice, _, scope, facts) => {
    const { id } = rowOf(dice.pick(facts))
    return (store) => tuple(store, id, { scope })
  },
  scans: (dice, view, scope) => {
    const options = { scope, group: randomGroup(dice), thresholds: randomThresholds(dice), limit: dice.pick([1, 5, 50]) }
    return (store) => scans(store, view, options)
  },
  flips: (dice, view, scope) => {
    const options = { scope, way: dice.pick(['all', 'opened', 'closed'] as const), limit: dice.pick([1, 50]) }
    return (store) => flips(store, view, options)
  },
  values: (dice, view, scope) => {
    const options = { scope, ...randomPrefix(dice), limit: dice.pick([1, 10]) }
    return (store) => values(store, view, options)
  },
  host: (dice, view, scope) => {
    const options = { scope, ip: randomAddress(dice), limit: dice.pick([1, 10]) }
    return (store) => host(store, view, options)
  },
  flows: (dice, view, scope) => {
    const options = { scope, sort: randomOrder(dice, FLOW_ORDERS), limit: dice.pick([1, 20, 300]) }
    return async (store) => {
      const first = await flows(store, view, options)
      return [first, first.next && (await flows(store, view, { ...options, cursor: first.next }))]
    }
  },
  flow: (dice, view, scope, facts) => {
    const options = { scope, of: rowOf(dice.pick(facts)), limit: dice.pick([3, 100]) }
    return (store) => flow(store, view, options)
  },
  neighbours: (dice, view, scope, facts) => {
    const options = { scope, of: rowOf(dice.pick(facts)), limit: dice.pick([3, 100]) }
    return (store) => neighbours(store, view, options)
  },
  counters: (_, view, scope) => (store) => counters(store, view, { scope }),
  basis: (_, view, scope) => async (store) => (await basis(store, view, { scope })).sort((a, b) => a.blob - b.blob),
  manifest: (_, view, scope) => (store) => manifest(store, view, { scope }),
  sample: (dice, view, scope) => {
    const options = { scope, rows: dice.pick([5, 200]) }
    return async (store) => {
      const found = await sample(store, view, options)
      return { ...found, blobs: found.blobs.sort((a, b) => a - b) }
    }
  },
  export: (_, view, scope) => (store) => all(exportTuples(store, view, { scope })),
}

interface Question {
  kind: string
  q: string
  view: View
  ask: Ask
}

function randomQuestion(dice: Dice, facts: readonly Fact[]): Question {
  const { view, sources } = randomView(dice)
  const scope = sources
    ? Scope.ofSources(sources)
    : dice.chance(0.25)
      ? Scope.ofBlobs(dice.pick([[2], [1, 3, 5], []]), 'somebody')
      : Scope.everything
  const asked: View = { ...view, once: dice.chance(0.2) }
  const kind = dice.pick(Object.keys(KINDS))
  return { kind, q: view.q, view: asked, ask: KINDS[kind]!(dice, asked, scope, facts) }
}

/** Returns the reason why a filter costs too much to be asked: engines must refuse the same ones. */
function refusal(error: unknown): { refused: string } {
  if (error instanceof Problem && error.kind === 'ask') return { refused: error.message }
  throw error
}

describe.runIf(hasClickhouse())('DuckDB and ClickHouse agree', () => {
  const rounds = Array.from({ length: Math.ceil(QUESTIONS / ROUND) }, (_, i) => i)
  describe.each(rounds)('round %i', (round) => {
    const dice = new Dice(SEED + round)
    const facts = randomFacts(dice, FACTS)
    let held: { store: Store; close(): Promise<void> }[]

    beforeAll(async () => {
      const stores = await Promise.all([storeOf(facts, 'duckdb'), storeOf(facts, 'clickhouse')])
      held = stores.map(({ store, close }) => ({ store: gated(store, GATE), close }))
    })
    afterAll(async () => {
      for (const { close } of held) await close()
    })

    it(`to the row, from seed ${SEED}`, async () => {
      const questions = Array.from({ length: Math.min(ROUND, QUESTIONS - round * ROUND) }, () => randomQuestion(dice, facts))
      let answered = 0
      const one = async ({ ask, ...about }: Question) => {
        const answers = held.map(({ store }) => ask(store).then((answer) => ({ answer }), refusal))
        const [duckdb, clickhouse] = await Promise.all(answers)
        if (duckdb && 'answer' in duckdb) answered++
        expect({ ...about, ...clickhouse }).toEqual({ ...about, ...duckdb })
      }
      const waiting = [...questions]
      const work = async () => {
        for (let next = waiting.pop(); next; next = waiting.pop()) await one(next)
      }
      await Promise.all(Array.from({ length: WIDTH }, work))
      // Hardly any random filter costs too much.
      expect(answered).toBeGreaterThan(questions.length * 0.9)
      expect([...wide], 'look up more marks than those of their hours').toEqual([])
    })
  })
})
