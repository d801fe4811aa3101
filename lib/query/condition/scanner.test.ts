import { DuckDBConnection } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { SCAN_GROUPS, SCANNER_WORDS } from '@/lib/flow/field/scan'
import type { View } from '@/lib/flow/view/view'
import { parseFilter } from '@/lib/link/language/parse'
import { rules } from '@/lib/query/rules/rules'
import { scans } from '@/lib/query/scans'
import { talkers } from '@/lib/query/talkers/talkers'
import { timeline } from '@/lib/query/timeline/timeline'
import { tuples } from '@/lib/query/tuples/tuples'
import type { Store } from '@/lib/store/store'
import { type Fact, PLAIN, storeOf } from '../test/facts'
import { naiveRows } from '../test/naive/filter'
import { Dice } from '../test/random'
import { Scope } from '../where/scope'

const AT = Date.parse(PLAIN.time)

/** Returns tuples of sources in a few networks, with various numbers of targets, ports and attempts, some of them allowed. */
function knocking(dice: Dice): Fact[] {
  const facts: Fact[] = []
  for (let i = 0; i < 80; i++) {
    const src = dice.chance(0.3) ? `2001:db8:0:${dice.below(6)}::${dice.below(9)}` : `45.${dice.below(3)}.${dice.below(6)}.${dice.below(9)}`
    const [targets, ports] = [dice.pick([1, 1, 2, 3, 5]), dice.pick([1, 1, 2, 4, 8])]
    const tries = dice.pick([1, 2, 5, 20])
    for (let attempt = 0; attempt < tries; attempt++) {
      const [dst, dport] = [`10.0.0.${dice.below(targets)}`, 20 + dice.below(ports)]
      facts.push({ ...PLAIN, src, dst, dport, action: 'deny', dir: dice.chance(0.9) ? 'in' : 'out', offset: facts.length })
    }
    if (dice.chance(0.2)) facts.push({ ...PLAIN, src, dir: dice.chance(0.7) ? 'in' : 'out', offset: facts.length })
  }
  return facts
}

let facts: Fact[]
let store: Store
let close: () => Promise<void>

beforeAll(async () => {
  facts = knocking(new Dice(5))
  ;({ store, close } = await storeOf(facts))
})
afterAll(() => close())

it.each(SCANNER_WORDS)('%s finds the tuples of the same sources as a plain reading', async (word) => {
  const found = new Set<number>()
  for (const group of SCAN_GROUPS) {
    for (const thresholds of word === 'let-in' ? [''] : ['', '@wary', '@3/4/5', '@1/1/1', '@4/2/9']) {
      const q = `scanner:${word}@${group}${thresholds}`
      const view: View = { from: AT, to: AT + 1, q, filter: parseFilter(q), logs: [], asof: null, once: false }
      const { total } = await tuples(store, view, { scope: Scope.everything, limit: 1 })
      expect(total, q).toBe(naiveRows(facts, view, null).length)
      found.add(total)
    }
  }
  expect(found.size).toBeGreaterThan(word === 'let-in' ? 2 : 5)
})

describe('sources of a range', () => {
  const look = /count\(distinct target\)/
  const fresh = (from: number): View => {
    const q = 'scanner:any'
    return { from, to: AT + 1, q, filter: parseFilter(q), logs: [], asof: null, once: false }
  }
  const askAll = (view: View) => Promise.all([timeline, talkers, rules, scans].map((ask) => ask(store, view, { scope: Scope.everything })))

  /** Counts the statements that look for scanners. */
  async function lookUps(act: () => Promise<unknown>): Promise<number> {
    const asked = vi.spyOn(DuckDBConnection.prototype, 'stream')
    await act()
    const found = asked.mock.calls.filter(([text]) => look.test(String(text))).length
    asked.mockRestore()
    return found
  }

  it('are looked up once for each family for all questions, and not again', async () => {
    expect(await lookUps(() => askAll(fresh(AT - 1)))).toBe(2)
    expect(await lookUps(() => askAll(fresh(AT - 1)))).toBe(0)
    expect(await lookUps(() => askAll(fresh(AT - 2)))).toBe(2)
  })

  it('are those of each range alone, with targets of either family', async () => {
    const mixed = [
      ...facts,
      ...['10.0.0.1', '2001:db8::7', '2001:db8::8'].map(
        (dst, i): Fact => ({ ...PLAIN, src: '192.0.2.9', dst, dport: 22, action: 'deny', dir: 'in', offset: 1_000_000 + i }),
      ),
    ]
    const own = await storeOf(mixed)
    const view = { ...fresh(AT), q: 'scanner:horizontal', filter: parseFilter('scanner:horizontal') }
    const { rows } = await talkers(own.store, view, { scope: Scope.everything, limit: 1000 })
    expect(rows.map(({ key }) => key)).toContain('192.0.2.9')
    expect((await talkers(own.store, { ...view, from: AT - 1, to: AT }, { scope: Scope.everything })).total).toBe(0)
    await own.close()
  })
})
