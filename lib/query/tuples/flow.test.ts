import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { View } from '@/lib/flow/view/view'
import { parseFilter } from '@/lib/link/language/parse'
import { Scope } from '@/lib/query/where/scope'
import type { Store } from '@/lib/store/store'
import { type Fact, PLAIN, storeOf } from '../test/facts'
import { rowOf } from '../test/naive/answers'
import { naiveFlow, naiveNeighbours } from '../test/naive/flow'
import { Dice, randomFacts, randomView } from '../test/random'
import { scopeOf } from '../test/scope-of'
import { flow } from './flow'
import { neighbours } from './neighbours'

const START = Date.parse(PLAIN.time)
const at = (seconds: number) => ({
  time: new Date(START + seconds * 1000).toISOString(),
  recordTime: new Date(START + seconds * 1000 + 30_000).toISOString(),
})
const view = (change: Partial<View> & { q?: string } = {}): View => {
  const q = change.q ?? ''
  return { from: START - 3_600_000, to: START + 3_600_000, logs: [], asof: null, once: false, ...change, q, filter: parseFilter(q) }
}

async function asking(facts: Partial<Fact>[], ask: (store: Store, facts: Fact[]) => Promise<void>): Promise<void> {
  const whole = facts.map((fact, i) => ({ ...PLAIN, offset: i, ...fact }))
  const { store, close } = await storeOf(whole)
  try {
    await ask(store, whole)
  } finally {
    await close()
  }
}

const offsets = (rows: { id: string }[]) => rows.map(({ id }) => Number.parseInt(id.split('-')[1]!, 36))

describe('the rows of a flow', () => {
  const facts: Partial<Fact>[] = [
    { ...at(0), state: 'begin' },
    { ...at(0), state: 'begin', dir: 'out', mac: '000D3A000001', log: 'log-2' },
    { ...at(60), state: 'continue' },
    { ...at(300), state: 'continue' },
    { ...at(310), state: 'end' },
    { ...at(310), state: 'end', dir: 'out', mac: '000D3A000001', log: 'log-2' },
    { ...at(310), state: 'begin' },
    { ...at(320), state: 'end' },
    { ...at(900), state: 'begin' },
    { ...at(901), state: 'end' },
    { ...at(1), dport: 444 },
    { ...at(1), proto: 'udp' },
    { ...at(1), src: '10.0.0.2', dst: '10.0.0.1', sport: 443, dport: 50_000 },
  ]

  it('are those of both NICs, from its beginning to its end', () =>
    asking(facts, async (store, whole) => {
      for (const [one, expected] of [
        [2, [0, 1, 2, 3, 4, 5, 6, 7]],
        [5, [0, 1, 2, 3, 4, 5, 6, 7]],
        [9, [8, 9]],
        [10, [10]],
        [12, [12]],
      ] as const) {
        const { total, rows } = await flow(store, view(), { scope: Scope.everything, of: rowOf(whole[one]!) })
        expect(offsets(rows)).toEqual(expected)
        expect(total).toBe(expected.length)
      }
    }))

  it('are limited, and all of them are counted', () =>
    asking(facts, async (store, whole) => {
      const { total, rows } = await flow(store, view(), { scope: Scope.everything, of: rowOf(whole[7]!), limit: 3 })
      expect({ total, rows: offsets(rows) }).toEqual({ total: 8, rows: [0, 1, 2] })
    }))

  it('are filtered, but the filter does not change where the flow begins', () =>
    asking(facts, async (store, whole) => {
      const { total, rows } = await flow(store, view({ q: 'state:end' }), { scope: Scope.everything, of: rowOf(whole[2]!) })
      expect({ total, rows: offsets(rows) }).toEqual({ total: 3, rows: [4, 5, 7] })
    }))

  it('are none if the tuple is outside the range', () =>
    asking(facts, async (store, whole) => {
      expect(await flow(store, view({ to: START + 1000 }), { scope: Scope.everything, of: rowOf(whole[2]!) })).toEqual({
        total: 0,
        rows: [],
      })
    }))

  it('join attempts that are repeated soon', () =>
    asking(
      [0, 3, 9, 21, 120].map((seconds) => ({ ...at(seconds), action: 'deny' as const })),
      async (store, whole) => {
        const { rows } = await flow(store, view(), { scope: Scope.everything, of: rowOf(whole[1]!) })
        expect(offsets(rows)).toEqual([0, 1, 2, 3])
      },
    ))
})

describe('like a plain reading of the rows', () => {
  const dice = new Dice(7)
  const few = { src: ['10.0.0.4', '2001:db8::1'], sport: [50_000, 50_001], proto: ['tcp', 'ESP', '300'] } as const
  const facts = randomFacts(dice, 1500).map((fact) => ({
    ...fact,
    src: dice.pick(few.src),
    dst: '10.0.0.5',
    sport: dice.pick(few.sport),
    dport: 443,
    proto: dice.pick(few.proto),
  }))
  let store: Store
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ store, close } = await storeOf(facts))
  })
  afterAll(() => close())

  const questions = Array.from({ length: 30 }, () => ({ ...randomView(dice), fact: dice.pick(facts), limit: dice.pick([1, 5, 1000]) }))

  it.each(questions)('flow and neighbours $view.q', async ({ view: asked, sources, fact, limit }) => {
    const of = rowOf(fact)
    const rows = naiveFlow(facts, asked, sources, fact)
    expect(await flow(store, asked, { scope: scopeOf(sources), of, limit })).toEqual({ total: rows.length, rows: rows.slice(0, limit) })
    expect(await neighbours(store, asked, { scope: scopeOf(sources), of, limit })).toEqual(
      naiveNeighbours(facts, asked, sources, fact, limit),
    )
  })

  it('has flows of several rows, and several flows', () => {
    const wide = view({ from: START - 86_400_000, to: START + 86_400_000 })
    const lengths = facts.map((fact) => naiveFlow(facts, wide, null, fact).length)
    expect(Math.max(...lengths)).toBeGreaterThan(3)
    expect(Math.max(...lengths)).toBeLessThan(facts.length / 12)
  })
})

describe('neighbours', () => {
  const facts: Partial<Fact>[] = [
    { ...at(0) },
    { ...at(-60) },
    { ...at(60), dst: '10.9.9.9' },
    { ...at(61) },
    { ...at(-30), mac: '000D3A000001' },
    { ...at(5), log: 'log-2' },
    { ...at(0) },
  ]

  it('are the rows of the same NIC within a minute, in any log', () =>
    asking(facts, async (store, whole) => {
      const { total, rows } = await neighbours(store, view(), { scope: Scope.everything, of: rowOf(whole[0]!) })
      expect({ total, rows: offsets(rows) }).toEqual({ total: 4, rows: [1, 6, 5, 2] })
    }))

  it('are the nearest ones when there are more', () =>
    asking(facts, async (store, whole) => {
      const { total, rows } = await neighbours(store, view(), { scope: Scope.everything, of: rowOf(whole[0]!), limit: 2 })
      expect({ total, rows: offsets(rows) }).toEqual({ total: 4, rows: [6, 5] })
    }))

  it('stay within one log if no NIC is named', () =>
    asking(
      facts.map((fact) => ({ ...fact, mac: '' })),
      async (store, whole) => {
        const { rows } = await neighbours(store, view(), { scope: Scope.everything, of: rowOf(whole[5]!) })
        expect(rows).toEqual([])
      },
    ))
})
