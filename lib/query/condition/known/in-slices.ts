import { setImmediate } from 'node:timers/promises'
import { Problem } from '@/lib/flow/problem'

/** Longest time that other requests wait, and number of items between two looks at the clock. Milliseconds. */
const SLICE = 10
const LOOK = 32

/** Calls `act` for each of up to a million items, and lets other requests have their turn in between. @throws Problem `cancelled` once nobody waits any longer */
export async function inSlices<Item>(items: readonly Item[], act: (item: Item) => void, signal: AbortSignal | undefined): Promise<void> {
  let end = performance.now() + SLICE
  for (const [i, item] of items.entries()) {
    act(item)
    if (i % LOOK !== 0 || performance.now() < end) continue
    await setImmediate()
    if (signal?.aborted) throw new Problem('cancelled', 'Question was cancelled')
    end = performance.now() + SLICE
  }
}
