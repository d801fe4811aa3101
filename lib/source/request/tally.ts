import { AsyncLocalStorage } from 'node:async_hooks'

/** Requests to storage, those among them that were tried again, and bytes of blobs that came. */
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

/** Counts what this process asks of storage, and for whom: readings that several wait for count for who set them off. */
export function count(name: keyof Tally, by = 1): void {
  const { total, asker } = held()
  total[name] += by
  const own = asker.getStore()
  if (own) own[name] += by
}

/** Since the process began. */
export function storageTotal(): Readonly<Tally> {
  return held().total
}

/** Runs `work`; what it sets off in storage is counted in `tally`. */
export function tallied<Result>(tally: Tally, work: () => Result): Result {
  return held().asker.run(tally, work)
}
