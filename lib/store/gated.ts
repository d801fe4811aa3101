import { Problem } from '@/lib/flow/problem'
import type { Sql } from './sql'
import type { Store } from './store'

/** Questions that may wait for each one that is being answered. */
const LINE = 500
/**
 * Once somebody has waited so long, the newest and the oldest take turns: an ordinary question is not held up by all that somebody asked before it, nor by all that
 * they ask after it. Milliseconds.
 */
const STANDING = 2000
/** While more than so many wait, who has waited so long is told to come back. */
const CROWDED = 32
const PATIENCE = 30_000

function cancelled(): Problem {
  return new Problem('cancelled', 'Question was cancelled')
}

interface Waiting {
  since: number
  enter(): void
  refuse(problem: Problem): void
}

/** Lets `width` of them in at once, the others in the order in which they came, or from both ends by turns once the line stands. */
class Turnstile {
  private inside = 0
  private newestNext = true
  /** The oldest first. */
  private readonly line: Waiting[] = []

  constructor(
    private readonly width: number,
    private readonly now: () => number,
  ) {}

  async enter(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw cancelled()
    if (this.inside < this.width) {
      this.inside++
      return
    }
    if (this.line.length >= this.width * LINE)
      throw new Problem('limit', `Engine is asked too much at once: ${this.line.length} questions wait`, { retryAfter: 2 })
    await new Promise<void>((resolve, reject) => {
      const left = () => {
        this.line.splice(this.line.indexOf(waiting), 1)
        reject(cancelled())
      }
      const out = () => signal?.removeEventListener('abort', left)
      const waiting: Waiting = {
        since: this.now(),
        enter: () => {
          out()
          resolve()
        },
        refuse: (problem) => {
          out()
          reject(problem)
        },
      }
      signal?.addEventListener('abort', left, { once: true })
      this.line.push(waiting)
    })
  }

  private waited(): number {
    return this.line.length === 0 ? 0 : this.now() - this.line[0]!.since
  }

  leave(): void {
    while (this.line.length > CROWDED && this.waited() >= PATIENCE)
      this.line
        .shift()!
        .refuse(new Problem('busy', `Engine is asked too much at once: ${this.line.length} questions wait`, { retryAfter: 5 }))
    const next = this.waited() >= STANDING && this.newestNext ? this.line.pop() : this.line.shift()
    this.newestNext = !this.newestNext
    if (next) next.enter()
    else this.inside--
  }
}

/**
 * The same store, asked at most `width` questions at once; streams, which wait for their readers, do not count. `now` is in milliseconds.
 * @throws Problem `limit` when too many wait, `busy` when this one has waited too long among many.
 */
export function gated(store: Store, width: number, now: () => number = () => performance.now()): Store {
  const turnstile = new Turnstile(width, now)
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
