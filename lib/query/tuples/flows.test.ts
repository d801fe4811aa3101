import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FLOW_ORDERS } from '@/lib/flow/field/orders'
import type { View } from '@/lib/flow/view/view'
import { parseFilter } from '@/lib/link/language/parse'
import { Scope } from '@/lib/query/where/scope'
import type { Store } from '@/lib/store/store'
import { ENGINES } from '@/lib/store/test/engines'
import { type Fact, PLAIN, storeOf } from '../test/facts'
import { naiveFlow, naiveFlows } from '../test/naive/flow'
import { Dice, randomFacts, randomOrder, randomView } from '../test/random'
import { scopeOf } from '../test/scope-of'
import { randomTwins } from '../test/twins'
import { exportFlows, flows } from './flows'

const START = Date.parse(PLAIN.time)
const view = (change: Partial<View> & { q?: string } = {}): View => {
  const q = change.q ?? ''
  return { from: START - 3_600_000, to: START + 3_600_000, logs: [], asof: null, once: false, ...change, q, filter: parseFilter(q) }
}

const dice = new Dice(7)
const few = { src: ['10.0.0.4', '2001:db8::1'], sport: [50_000, 50_001], proto: ['tcp', 'ESP', '300'] } as const
/** No log writes that an allowed tuple was denied. */
const written = (fact: Fact): Fact => (fact.action === 'allow' && fact.state === 'deny' ? { ...fact, state: 'begin' } : fact)

/** Few ends, so that flows have many tuples, and what two NICs and logs recorded of the same. */
const facts: Fact[] = [
  ...randomFacts(dice, 900).map((fact) => ({
    ...fact,
    src: dice.pick(few.src),
    dst: '10.0.0.5',
    sport: dice.pick(few.sport),
    dport: 443,
    proto: dice.pick(few.proto),
  })),
  ...randomTwins(dice, 500).map((fact) => ({ ...fact, blob: fact.blob + 1000 })),
].map(written)

describe.each(ENGINES)('flows as rows on %s', (engine) => {
  let store: Store
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ store, close } = await storeOf(facts, engine))
  })
  afterAll(() => close())

  const asking = new Dice(engine === 'duckdb' ? 8 : 9)
  const questions = Array.from({ length: engine === 'duckdb' ? 40 : 16 }, () => ({
    ...randomView(asking),
    sort: randomOrder(asking, FLOW_ORDERS),
    once: asking.chance(0.3),
  }))

  it.each(questions)('are those of a plain reading: $view.q', async ({ view: asked, sources, sort, once }) => {
    const given = { ...asked, once }
    const rows = naiveFlows(facts, given, sources, sort)
    const found = await flows(store, given, { scope: scopeOf(sources), sort, limit: 50 })
    expect({ total: found.total, rows: found.rows }).toEqual({ total: rows.length, rows: rows.slice(0, 50) })
  })

  it('sum what several observers recorded once, whatever is asked', async () => {
    const all = view({ from: START - 86_400_000, to: START + 86_400_000 })
    const rows = naiveFlows(facts, all, null, { column: 'first', descending: true })
    expect(rows.some(({ nics }) => nics > 1)).toBe(true)
    expect(rows.some(({ tuples }) => tuples > 3)).toBe(true)
    const [twice, once] = await Promise.all(
      [false, true].map((one) => flows(store, { ...all, once: one }, { scope: Scope.everything, limit: 5000 })),
    )
    const bytes = (page: typeof twice) => page!.rows.reduce((sum, { bytesSent }) => sum + (bytesSent ?? 0), 0)
    expect(bytes(twice)).toBe(bytes(once))
    expect(twice!.rows.reduce((sum, { tuples }) => sum + tuples, 0)).toBe(facts.length)
    expect(once!.rows.reduce((sum, { tuples }) => sum + tuples, 0)).toBeLessThan(facts.length)
  })

  it.each(['-first', 'duration', '-bytesSent', 'srcMac', 'src', 'nics'])('are paged by %s without a gap or a repeat', async (text) => {
    const descending = text.startsWith('-')
    const sort = { column: text.replace('-', '') as (typeof FLOW_ORDERS)[number], descending }
    const wide = view({ from: START - 86_400_000, to: START + 86_400_000 })
    const rows = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof flows>> = await flows(store, wide, { scope: Scope.everything, sort, cursor, limit: 97 })
      rows.push(...page.rows)
      cursor = page.next
    }
    expect(rows).toEqual(naiveFlows(facts, wide, null, sort))
  })

  it('are exported from the oldest on', async () => {
    const wide = view({ from: START - 86_400_000, to: START + 86_400_000, q: 'dport:443' })
    const rows = []
    for await (const some of exportFlows(store, wide, { scope: Scope.everything })) rows.push(...some)
    expect(rows).toEqual(naiveFlows(facts, wide, null, { column: 'first', descending: false }))
  })
})

it('have the tuples that the flow of their first tuple has', () => {
  const wide = view({ from: START - 86_400_000, to: START + 86_400_000 })
  for (const row of naiveFlows(facts, wide, null, { column: 'first', descending: true }).slice(0, 40)) {
    const of = facts.find(({ blob, offset }) => row.id === `${blob.toString(36)}-${offset.toString(36)}`)!
    expect(naiveFlow(facts, wide, null, of)).toHaveLength(row.tuples)
  }
})
