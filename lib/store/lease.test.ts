import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from './store'
import { ENGINES, openStore } from './test/engines'

const LONG = 3_600_000

describe.each(ENGINES)('a lease on %s', (engine) => {
  const dir = mkdtempSync(join(tmpdir(), 'flowlens-lease-'))
  /** Instances that share the store; of the embedded engine there is one. */
  let stores: Store[]
  const at = (i: number) => stores[i % stores.length]!
  beforeAll(async () => {
    stores = [await openStore(engine, dir)]
    if (engine === 'clickhouse') stores.push(await openStore(engine, dir))
  })
  afterAll(async () => {
    for (const store of stores) await store.close()
    rmSync(dir, { recursive: true, force: true })
  })

  it('has one holder at a time, who may renew it and give it back', async () => {
    expect(await at(0).lease('a', 'ada', LONG)).toBe(true)
    expect(await at(1).lease('a', 'ben', LONG)).toBe(false)
    expect(await at(1).lease('b', 'ben', LONG)).toBe(true)
    expect(await at(0).lease('a', 'ada', LONG)).toBe(true)
    expect(await at(1).lease('a', 'ben', LONG)).toBe(false)
    await at(0).lease('a', 'ada', 0)
    expect(await at(1).lease('a', 'ben', LONG)).toBe(true)
    expect(await at(0).lease('a', 'ada', LONG)).toBe(false)
  })

  it('goes to only one of many simultaneous requests, also after it has expired', async () => {
    const won: string[][] = []
    for (let round = 0; round < 4; round++) {
      await at(0).lease('race', 'nobody', 1)
      await new Promise((resolve) => setTimeout(resolve, 5))
      const names = Array.from({ length: 6 }, (_, i) => `${round} ${i}`)
      const held = await Promise.all(names.map((name, i) => at(i).lease('race', name, LONG)))
      won.push(names.filter((_, i) => held[i]))
      for (const [i, name] of names.entries()) if (held[i]) await at(i).lease('race', name, 0)
    }
    expect(won.map(({ length }) => length)).toEqual([1, 1, 1, 1])
  })
})
