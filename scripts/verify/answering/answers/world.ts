import { readLimits } from '@/lib/config/limits'
import type { View } from '@/lib/flow/view/view'
import { parseFilter } from '@/lib/link/language/parse'
import { BYTES } from '@/lib/query/columns/columns'
import { type Fact, storeOf } from '@/lib/query/test/facts'
import { Dice, randomFacts } from '@/lib/query/test/random'
import { Scope } from '@/lib/query/where/scope'
import { where } from '@/lib/query/where/where'
import { gated } from '@/lib/store/gated'
import { join, type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { ENGINES, type Engine } from '@/lib/store/test/engines'

const HOUR = 3_600_000
export const START = Date.UTC(2024, 7, 12, 10)
const FACTS = 160
/** Sums that are requested at the same time become parts of one query, which costs an engine half as much. */
const SUMS_A_QUESTION = 10

/** The sums of a set of rows. */
export interface WorldSums {
  tuples: number
  bytes: number
}

/** The same flows arranged in three ways: in one blob in order, in many blobs, and shuffled. */
const ARRANGEMENTS = ['whole', 'split', 'shuffled'] as const

/** Returns an address of either family near the others, so that ranges contain some of them. */
export function nearAddress(dice: Dice): string {
  if (dice.chance(0.7)) return `10.${dice.pick([0, 0, 1, 128])}.${dice.below(4)}.${dice.pick([dice.below(256), 0, 255])}`
  const tail = dice.pick(['', ':ffff', `:${dice.below(65_536).toString(16)}`])
  return `2001:db8:${dice.below(4).toString(16)}:${dice.below(3)}::${dice.below(16).toString(16)}${tail}`
}

function flowsOf(dice: Dice): Fact[] {
  return randomFacts(dice, FACTS).map((fact) => ({
    ...fact,
    src: dice.chance(0.5) ? nearAddress(dice) : fact.src,
    dst: dice.chance(0.5) ? nearAddress(dice) : fact.dst,
    blob: 1,
    source: 'whole',
  }))
}

function shuffled<T>(dice: Dice, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: dice.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

interface Turn {
  engine: Engine
  settled: boolean
}

const SETTLED: Turn = { engine: 'duckdb', settled: true }
const SPOOLED: Turn = { engine: 'duckdb', settled: false }
const SERVED: Turn = { engine: 'clickhouse', settled: true }
/** Order of the worlds. A small query costs ClickHouse, which is made for large ones, five times as much. */
const TURNS = [SETTLED, SPOOLED, SETTLED, SERVED, SETTLED, SETTLED, SPOOLED, SETTLED]
const POSSIBLE = TURNS.filter(({ engine }) => ENGINES.includes(engine))

interface Asked {
  where: Sql
  answer: (sums: WorldSums) => void
  fail: (error: unknown) => void
}

/** Some flows in a store of one engine, used by many cases. */
export class AnswerWorld {
  private asked: Asked[] = []

  private constructor(
    /** In the order of `whole`. */
    readonly facts: readonly Fact[],
    readonly store: Store,
    readonly close: () => Promise<void>,
  ) {}

  /** Creates the world of a number: engines alternate, and so do settled and unsettled rows. */
  static async make(number: number): Promise<AnswerWorld> {
    const dice = new Dice(number)
    const facts = flowsOf(dice)
    const split = facts.map((fact) => ({ ...fact, source: 'split', blob: 10 + dice.below(12) }))
    const mixed = shuffled(dice, facts).map((fact, i) => ({ ...fact, source: 'shuffled', blob: 40 + dice.below(3), offset: i * 100 }))
    const { engine, settled } = POSSIBLE[number % POSSIBLE.length]!
    const { store: open, close } = await storeOf(shuffled(dice, [...facts, ...split, ...mixed]), engine)
    const store = gated(open, readLimits({}).queries)
    if (settled) await store.settle()
    return new AnswerWorld(facts, store, close)
  }

  /** Returns a view of the whole world with this filter. */
  view(q = '', change: Partial<View> = {}): View {
    return { from: START - HOUR, to: START + 5 * HOUR, q, filter: parseFilter(q), logs: [], asof: null, once: false, ...change }
  }

  /** Returns the sums of the rows of a view. */
  sums(view: View, sources: readonly (typeof ARRANGEMENTS)[number][] = ['whole']): Promise<WorldSums> {
    return new Promise((answer, fail) => {
      if (this.asked.length === 0) setImmediate(() => this.askAll())
      this.asked.push({ where: where(view, Scope.ofSources(sources)), answer, fail })
    })
  }

  private askAll(): void {
    const all = this.asked
    this.asked = []
    for (let i = 0; i < all.length; i += SUMS_A_QUESTION) this.ask(all.slice(i, i + SUMS_A_QUESTION))
  }

  /** Runs several queries as one; if that fails, each runs alone, so that only the failing one fails. */
  private async ask(some: readonly Asked[]): Promise<void> {
    const parts = some.map(
      ({ where }, i) => sql`select ${i} as part, count(*) as tuples, coalesce(sum(${BYTES}), 0) as bytes from tuples where ${where}`,
    )
    try {
      const rows = await this.store.query<WorldSums & { part: number }>(join(parts, ' union all '))
      for (const { part, ...sums } of rows) some[part]!.answer(sums)
    } catch (error) {
      if (some.length > 1) for (const one of some) this.ask([one])
      else some[0]!.fail(error)
    }
  }
}
