import { expect, it } from 'vitest'
import { Kept } from './sql'

async function kept(room: number, sizes: readonly number[]): Promise<{ ask: (i: number) => Promise<boolean> }> {
  const all = new Kept(room).at(1)
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
