import { AsyncLocalStorage } from 'node:async_hooks'

/** Counts of requests to storage and of retries among them, and bytes of blobs received. */
export interface Tally {
  calls: number
  retries: number
  bytes: number
}

interface Held {
  total: Tally
  asker: AsyncLocalStorage<Tally>
}

const HELD = Symbol.for('flowlens.source.tally')
const holder = globalThis as { [HELD]?: Held }

export function newTally(): Tally {
  return { calls: 0, retries: 0, bytes: 0 }
}

function held(): Held {
  holder[HELD] ??= { total: newTally(), asker: new AsyncLocalStorage() }
  return holder[HELD]
}

/** Adds to the counts of this process and of whoever caused the request. A reading that several wait for counts for the one that started it. */
export function count(name: keyof Tally, by = 1): void {
  const { total, asker } = held()
  total[name] += by
  const own = asker.getStore()
  if (own) own[name] += by
}

/** Returns the counts since the process began. */
export function storageTotal(): Readonly<Tally> {
  return held().total
}

/** Runs `work` and adds the storage requests that it causes to `tally`. */
export function tallied<Result>(tally: Tally, work: () => Result): Result {
  return held().asker.run(tally, work)
}
