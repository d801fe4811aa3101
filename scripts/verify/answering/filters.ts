import { strict as assert } from 'node:assert'
import { Problem } from '@/lib/flow/problem'
import type { View } from '@/lib/flow/view/view'
import { parseFilter } from '@/lib/link/language/parse'
import { type Fact, storeOf } from '@/lib/query/test/facts'
import { longFilter } from '@/lib/query/test/long-filters'
import { naiveRows } from '@/lib/query/test/naive/filter'
import { Dice, randomFacts } from '@/lib/query/test/random'
import { scopeOf } from '@/lib/query/test/scope-of'
import { where } from '@/lib/query/where/where'
import { statementOf } from '@/lib/store/duckdb/engine/statement'
import { Kept } from '@/lib/store/kept'
import { settled } from '@/lib/store/settled'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { ENGINES } from '@/lib/store/test/engines'
import { eachCase, type Proof, type ProofRun } from '../proof'

const NAME = 'filters'
const FACTS = 400
/** Cases that use the same flows. */
const CASES_A_WORLD = 25
/** Limits for any filter: characters of a statement, which DuckDB's planning time grows with, and values bound to it. */
const MOST_TEXT = 400_000
const MOST_VALUES = 20_000
/** Largest allowed ratio of a filter's time to a plain one's, each the best of a few runs: most filters here take less than ten times as long. */
const MOST_TIMES = 500
const PLAIN = 'src:10.0.0.4'
const TRIES = 3

const START = Date.UTC(2024, 7, 12, 10)
const HOUR = 3_600_000

function viewOf(q: string): View {
  return { from: START - HOUR, to: START + 5 * HOUR, q, filter: parseFilter(q), logs: [], asof: null, once: false }
}

interface Held {
  store: Store
  close(): Promise<void>
  /** Milliseconds of a plain filter. */
  plain: number
}

/** Flows in every engine. */
class World {
  private constructor(
    private readonly facts: readonly Fact[],
    private readonly held: readonly Held[],
  ) {}

  static async make(number: number): Promise<World> {
    const facts = randomFacts(new Dice(number), FACTS)
    const held: Held[] = []
    for (const engine of ENGINES) {
      const { store, close } = await storeOf(facts, engine)
      const one = { store, close, plain: 0 }
      one.plain = (await best(one, PLAIN)).took
      held.push(one)
    }
    return new World(facts, held)
  }

  async close(): Promise<void> {
    for (const { close } of this.held) await close()
  }

  /** True if the filter was answered like a plain reading, false if it was refused for its cost. */
  async answers(q: string): Promise<boolean> {
    const view = viewOf(q)
    let refused = 0
    for (const one of this.held) {
      try {
        const { rows, took } = await best(one, q)
        assert.equal(rows, naiveRows(this.facts, view, null).length)
        assert.ok(took < one.plain * MOST_TIMES, `took ${Math.round(took)} ms, a plain filter ${Math.round(one.plain)} ms`)
      } catch (error) {
        if (!(error instanceof Problem && (error.kind === 'ask' || error.kind === 'limit') && error.message.startsWith('Filter: ')))
          throw error
        refused++
      }
    }
    assert.ok(refused === 0 || refused === this.held.length, 'one engine refused what the other answered')
    return refused === 0
  }
}

/** Returns the rows that a filter finds, and its shortest time. */
async function best({ store, plain }: Held, q: string): Promise<{ rows: number; took: number }> {
  let took = Number.POSITIVE_INFINITY
  for (let i = 0; ; i++) {
    const began = performance.now()
    const question = sql`select count(*) as n from tuples where ${where(viewOf(q), scopeOf(null))}`
    const { text, values } = statementOf(await settled(question, (of) => store.query(of), new Kept()))
    assert.ok(text.length <= MOST_TEXT, `statement of ${text.length} characters`)
    assert.ok(values.length <= MOST_VALUES, `${values.length} values bound`)
    const [row] = await store.query<{ n: number }>(question)
    took = Math.min(took, performance.now() - began)
    if (plain > 0 && took < plain * MOST_TIMES) return { rows: row!.n, took }
    if (i + 1 === TRIES) return { rows: row!.n, took }
  }
}

async function run(options: ProofRun) {
  let world: { number: number; of: World } | null = null
  let [answered, longest] = [0, 0]
  try {
    const done = await eachCase(NAME, options, async (seed) => {
      const number = Math.floor(seed / CASES_A_WORLD)
      if (world?.number !== number) {
        await world?.of.close()
        world = { number, of: await World.make(number) }
      }
      const q = longFilter(new Dice(Math.imul(seed, 0x9e3779b1)))
      try {
        if (await world.of.answers(q)) answered++
        longest = Math.max(longest, q.length)
      } catch (error) {
        throw new Error(
          `${q.length > 2000 ? `${q.slice(0, 2000)}… (${q.length} characters)` : q}: ${error instanceof Error ? error.message : error}`,
          { cause: error },
        )
      }
    })
    return {
      done,
      figures: {
        answered: String(answered),
        refused: String(done - answered),
        'longest filter': String(longest),
        engines: ENGINES.join(' '),
      },
    }
  } finally {
    await (world as { of: World } | null)?.of.close()
  }
}

export const filters: Proof = {
  name: NAME,
  promise: 'No filter is too much',
  test: 'Random filters of every term and up to every limit, lists of thousands above all: answered as a plain reading does, by a statement of bounded size, within a multiple of what a plain filter takes, or refused with the reason.',
  unit: 'filters',
  seed: 1,
  ordinary: 30,
  perTest: 15,
  full: 20_000,
  run,
}
