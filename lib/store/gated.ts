import { Problem } from '@/lib/flow/problem'
import type { Sql } from './sql'
import type { Store } from './store'

/** Maximum number of queries that may wait for each running one. */
const LINE = 500
/**
 * Once the oldest has waited this long, the newest and the oldest query take turns: an ordinary query then waits neither for all that one person asked before
 * it, nor for all that they ask after it. Milliseconds.
 */
const STANDING = 500
/**
 * While more requests than `CROWDED` wait, those whose queries have waited `PATIENCE` milliseconds in total are refused, so that clients get an answer or a
 * refusal within two seconds. A request is known by its signal; queries without one belong to no client, and wait as long as it takes.
 */
const CROWDED = 16
const PATIENCE = 1500
/** Value of `Retry-After`. Seconds. */
const COME_BACK = 2

function cancelled(): Problem {
  return new Problem('cancelled', 'Question was cancelled')
}

interface Waiting {
  since: number
  /** Time at which it has waited too long. */
  until: number
  /** Identifies the request. */
  asker: AbortSignal | undefined
  enter(): void
  refuse(problem: Problem): void
}

/** Admits at most `width` at a time. The others follow in the order in which they came, or from both ends in turn once the line stalls. */
class Turnstile {
  private inside = 0
  private newestNext = true
  /** The oldest first. */
  private readonly line: Waiting[] = []
  /** Time that earlier queries of a request have waited. Milliseconds. */
  private readonly waited = new WeakMap<AbortSignal, number>()

  constructor(
    private readonly width: number,
    private readonly now: () => number,
  ) {}

  async enter(asker?: AbortSignal): Promise<void> {
    if (asker?.aborted) throw cancelled()
    if (this.inside < this.width) {
      this.inside++
      return
    }
    if (this.line.length >= this.width * LINE) throw this.tooMuch('limit')
    const since = this.now()
    const left = asker === undefined ? Number.POSITIVE_INFINITY : PATIENCE - (this.waited.get(asker) ?? 0)
    const timer = asker && setTimeout(() => this.relieve(), left)
    try {
      await new Promise<void>((resolve, reject) => {
        const waiting: Waiting = {
          since,
          until: since + left,
          asker,
          enter: () => {
            asker?.removeEventListener('abort', leave)
            resolve()
          },
          refuse: (problem) => {
            asker?.removeEventListener('abort', leave)
            reject(problem)
          },
        }
        const leave = () => {
          this.line.splice(this.line.indexOf(waiting), 1)
          reject(cancelled())
        }
        asker?.addEventListener('abort', leave, { once: true })
        this.line.push(waiting)
        this.relieve()
      })
    } finally {
      clearTimeout(timer)
      if (asker) this.waited.set(asker, PATIENCE - left + this.now() - since)
    }
  }

  private tooMuch(kind: 'busy' | 'limit'): Problem {
    return new Problem(kind, `Engine is asked too much at once: ${this.line.length} queries wait`, { retryAfter: COME_BACK })
  }

  /** Refuses the queries of requests that have waited too long, if many wait. */
  private relieve(): void {
    if (new Set(this.line.flatMap(({ asker }) => asker ?? [])).size <= CROWDED) return
    const problem = this.tooMuch('busy')
    const now = this.now()
    for (const waiting of this.line.filter(({ until }) => until <= now)) {
      this.line.splice(this.line.indexOf(waiting), 1)
      waiting.refuse(problem)
    }
  }

  leave(): void {
    this.relieve()
    const [oldest] = this.line
    const isStanding = oldest !== undefined && this.now() - oldest.since >= STANDING
    const next = isStanding && this.newestNext ? this.line.pop() : this.line.shift()
    this.newestNext = !this.newestNext
    if (next) next.enter()
    else this.inside--
  }
}

/**
 * The same store, asked at most `width` questions at once. Streams, which wait for their readers, do not count, but at most half as many may be at work on their
 * first rows, for which all rows have to be sorted. `now` is in milliseconds.
 * @throws Problem `limit` when too many wait, `busy` when this one's asker has waited too long among many.
 */
export function gated(store: Store, width: number, now: () => number = () => performance.now()): Store {
  const turnstile = new Turnstile(width, now)
  const beginnings = new Turnstile(Math.max(1, width >> 1), now)
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
    async *stream<Row>(question: Sql, signal?: AbortSignal): AsyncIterable<Row[]> {
      await beginnings.enter(signal)
      let leave = () => {
        leave = () => {}
        beginnings.leave()
      }
      try {
        for await (const rows of store.stream<Row>(question, signal)) {
          leave()
          yield rows
        }
      } finally {
        leave()
      }
    },
    blobs: () => store.blobs(),
    refresh: () => store.refresh(),
    append: (batch) => store.append(batch),
    lease: (name, holder, ms) => store.lease(name, holder, ms),
    size: () => store.size(),
    settle: () => store.settle(),
    close: () => store.close(),
  }
}
