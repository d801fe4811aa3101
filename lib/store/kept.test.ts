import { expect, it } from 'vitest'
import { Kept, KeptNewest } from './kept'

async function kept(room: number, sizes: readonly number[]): Promise<{ ask: (i: number) => Promise<boolean> }> {
  const all = new Kept(room)
  let asked = 0
  const get = (i: number) =>
    all.get(`q${i}`, async () => {
      asked++
      return 'a'.repeat(sizes[i]!)
    })
  for (const i of sizes.keys()) await get(i)
  return {
    ask: async (i) => {
      const before = asked
      await get(i)
      return asked === before
    },
  }
}

it('forgets the oldest results that there is no room for', async () => {
  const { ask } = await kept(10_000, [3000, 3000, 3000, 3000])
  expect([await ask(3), await ask(2), await ask(1)]).toEqual([true, true, true])
  expect(await ask(0)).toBe(false)
})

it('keeps the newest, whatever its size', async () => {
  const { ask } = await kept(10_000, [3000, 3000, 50_000])
  expect(await ask(2)).toBe(true)
  expect(await ask(0)).toBe(false)
})

it('gives nothing to newer queries that one computes which began before', async () => {
  const kept = new KeptNewest()
  const older = kept.at(1)
  const newer = kept.at(2)
  expect(await older.get('rows', async () => 'old')).toBe('old')
  expect(await newer.get('rows', async () => 'new')).toBe('new')
  expect(kept.at(2)).toBe(newer)
})
