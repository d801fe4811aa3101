import { readLimits } from '@/lib/config/limits'
import type { View } from '@/lib/flow/view'
import { parseFilter } from '@/lib/link/parse'
import { BYTES } from '@/lib/query/columns'
import { Scope } from '@/lib/query/scope'
import { type Fact, storeOf } from '@/lib/query/test/facts'
import { Dice, randomFacts } from '@/lib/query/test/random'
import { where } from '@/lib/query/where'
import { gated } from '@/lib/store/gated'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { ENGINES, type Engine } from '@/lib/store/test/engines'

const HOUR = 3_600_000
export const START = Date.UTC(2024, 7, 12, 10)
const FACTS = 160

/** What a set of rows adds up to. */
export interface Sums {
  tuples: number
  bytes: number
}

/** The same flows arranged in three ways: in one blob as they came, in many blobs, and in the order that chance made. */
const ARRANGEMENTS = ['whole', 'split', 'shuffled'] as const

/** An address of either family near the others, so that ranges hold some and not all. */
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

function engineOf(number: number): Engine {
  return ENGINES[number % ENGINES.length]!
}

/** Some flows in a store of one engine, which many cases ask about. */
export class World {
  private constructor(
    /** As arranged in `whole`. */
    readonly facts: readonly Fact[],
    readonly store: Store,
    readonly close: () => Promise<void>,
  ) {}

  /** The world of a number: engines take turns, and so do rows that were settled and rows that were not. */
  static async make(number: number): Promise<World> {
    const dice = new Dice(number)
    const facts = flowsOf(dice)
    const split = facts.map((fact) => ({ ...fact, source: 'split', blob: 10 + dice.below(12) }))
    const mixed = shuffled(dice, facts).map((fact, i) => ({ ...fact, source: 'shuffled', blob: 40 + dice.below(3), offset: i * 100 }))
    const { store: open, close } = await storeOf(shuffled(dice, [...facts, ...split, ...mixed]), engineOf(number))
    const store = gated(open, readLimits({}).queries)
    if (Math.floor(number / ENGINES.length) % 2 === 0) await store.settle()
    return new World(facts, store, close)
  }

  /** A view of the whole world, of one arrangement of it, with this filter. */
  view(q = '', change: Partial<View> = {}): View {
    return { from: START - HOUR, to: START + 5 * HOUR, q, filter: parseFilter(q), logs: [], asof: null, once: false, ...change }
  }

  /** What the rows of a view add up to. */
  async sums(view: View, sources: readonly (typeof ARRANGEMENTS)[number][] = ['whole']): Promise<Sums> {
    const [sums] = await this.store.query<Sums>(
      sql`select count(*) as tuples, coalesce(sum(${BYTES}), 0) as bytes from tuples where ${where(view, Scope.ofSources(sources))}`,
    )
    return sums!
  }
}
