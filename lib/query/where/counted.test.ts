import { expect, it } from 'vitest'
import type { View } from '@/lib/flow/view/view'
import { rules } from '@/lib/query/rules/rules'
import { timeline } from '@/lib/query/timeline/timeline'
import { type Fact, PLAIN, storeOf } from '../test/facts'
import { naiveRules, naiveTimeline } from '../test/naive/answers'
import { naiveRows } from '../test/naive/filter'
import { Dice } from '../test/random'
import { Scope } from './scope'

const TEN = Date.parse('2024-08-12T10:00:00Z')
const MINUTE = 60_000

/** Returns tuples of the last minutes of an hour, some flushed into the next hour's blob, sooner and much later. */
function lateFacts(dice: Dice): Fact[] {
  return Array.from({ length: 600 }, (_, i): Fact => {
    const time = TEN + 48 * MINUTE + dice.below(14 * MINUTE)
    const flushed = time + dice.below(25 * MINUTE)
    const hour = dice.pick([TEN, Math.floor(flushed / (60 * MINUTE)) * 60 * MINUTE, -1])
    return {
      ...PLAIN,
      time: new Date(time).toISOString(),
      recordTime: new Date(flushed).toISOString(),
      hour,
      blob: hour < 0 ? 3 : hour,
      offset: i,
    }
  })
}

it('counts each tuple once, whichever minutes the range and the flush limit cut', async () => {
  const dice = new Dice(7)
  const facts = lateFacts(dice)
  const { store, close } = await storeOf(facts)
  try {
    const found = new Set<number>()
    for (let i = 0; i < 120; i++) {
      const from = TEN + dice.pick([40 * MINUTE, 49 * MINUTE, 50 * MINUTE + 1, 53 * MINUTE + 30_000])
      const to =
        TEN +
        dice.pick([
          51 * MINUTE,
          54 * MINUTE + 30_000,
          55 * MINUTE + 1,
          57 * MINUTE,
          60 * MINUTE - 1,
          60 * MINUTE,
          60 * MINUTE + 1,
          65 * MINUTE,
        ])
      const asof = dice.chance(0.5) ? TEN + 50 * MINUTE + dice.pick([0, -1, 1, 30_000]) + dice.below(20) * MINUTE : null
      const view: View = { from, to: Math.max(to, from + 1), q: '', filter: null, logs: [], asof, once: false }
      const rows = naiveRows(facts, view, null)
      found.add(rows.length)
      expect(await timeline(store, view, { scope: Scope.everything, buckets: 30 })).toEqual(naiveTimeline(rows, view, 30))
      expect((await rules(store, view, { scope: Scope.everything })).rows).toEqual(naiveRules(rows))
    }
    expect(found.size).toBeGreaterThan(40)
  } finally {
    await close()
  }
})
