import { Problem } from '@/lib/flow/problem'
import type { Sql } from './sql'
import type { Store } from './store'

/** Questions that may wait for each one that is being answered. */
const LINE = 500

function cancelled(): Problem {
  return new Problem('cancelled', 'Question was cancelled')
}

/** Lets `width` of them in at once, the others in the order in which they came. */
class Turnstile {
  private inside = 0
  private readonly line: (() => void)[] = []

  constructor(private readonly width: number) {}

  async enter(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw cancelled()
    if (this.inside < this.width) {
      this.inside++
      return
    }
    if (this.line.length >= this.width * LINE)
      throw new Problem('limit', `Engine is asked too much at once: ${this.line.length} questions wait`, { retryAfter: 2 })
    await new Promise<void>((resolve, reject) => {
      const turn = () => {
        signal?.removeEventListener('abort', left)
        resolve()
      }
      const left = () => {
        this.line.splice(this.line.indexOf(turn), 1)
        reject(cancelled())
      }
      signal?.addEventListener('abort', left, { once: true })
      this.line.push(turn)
    })
  }

  leave(): void {
    const next = this.line.shift()
    if (next) next()
    else this.inside--
  }
}

/** The same store, asked at most `width` questions at once; streams, which wait for their readers, do not count. @throws Problem `limit` when too many wait. */
export function gated(store: Store, width: number): Store {
  const turnstile = new Turnstile(width)
  return {
    engine: store.engine,
    spool: store.spool,
    intake: store.intake,
    get revision() {
      return store.revision
    },
    get isBroken() {
      return store.isBroken
    },
    async query<Row>(question: Sql, signal?: AbortSignal): Promise<Row[]> {
      await turnstile.enter(signal)
      try {
        return await store.query<Row>(question, signal)
      } finally {
        turnstile.leave()
      }
    },
    stream: (question, signal) => store.stream(question, signal),
    blobs: () => store.blobs(),
    refresh: () => store.refresh(),
    append: (batch) => store.append(batch),
    size: () => store.size(),
    settle: () => store.settle(),
    close: () => store.close(),
  }
}
