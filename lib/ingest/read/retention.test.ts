import { describe, expect, it } from 'vitest'
import type { BlobState } from '@/lib/flow/reading/blob'
import type { Batch, Store } from '@/lib/store/store'
import { KEPT, Retention } from './retention'

const HOUR = 3_600_000

/** A store in which every tuple takes ten bytes. */
function storeOf(tuples: readonly number[]) {
  const states = new Map(tuples.map((count, i) => [i + 1, { id: i + 1, hour: i * HOUR, tuples: count } as BlobState]))
  const store = {
    size: async () => [...states.values()].reduce((sum, state) => sum + state.tuples * 10, 0),
    blobs: () => states,
    append: async ({ forget }: Batch) => {
      for (const id of forget) states.delete(id)
    },
  } as unknown as Store
  return { store, left: () => [...states.keys()] }
}

describe('retention', () => {
  it('deletes nothing from a store below its limit', async () => {
    const { store, left } = storeOf([10, 10])
    await new Retention(store, 200, () => 0).trim()
    expect(left()).toEqual([1, 2])
  })

  it('deletes the least recently requested first, and of those never requested the oldest hours', async () => {
    const { store, left } = storeOf([10, 10, 10, 10, 10])
    let now = 1_000_000_000
    const retention = new Retention(store, 300, () => now)
    retention.touch([1])
    now += KEPT
    retention.touch([3])
    now += KEPT
    await retention.trim()
    expect(left()).toEqual([1, 3])
  })

  it('deletes down to nine tenths of the limit, and no further', async () => {
    const { store, left } = storeOf([100, 1, 1, 1])
    await new Retention(store, 1029, () => KEPT * 2).trim()
    expect(left()).toEqual([2, 3, 4])
  })

  it('keeps blobs that were just requested, however large', async () => {
    const { store, left } = storeOf([10, 10, 10])
    let now = 1_000_000_000
    const retention = new Retention(store, 50, () => now)
    retention.touch([1, 2, 3])
    await retention.trim()
    expect(left()).toEqual([1, 2, 3])
    now += KEPT
    await retention.trim()
    expect(left()).toEqual([])
  })
})
