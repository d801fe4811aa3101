import 'server-only'
import { Problem } from '@/lib/flow/problem'

/** Reason why a request is interrupted: the client disconnected, the deadline passed, or the server stops. */
type Why = 'left' | 'late' | 'closing'

interface Door {
  closing: boolean
  all: Set<Underway>
  /** Called for each request that ends. */
  watchers: Set<() => void>
}

const HELD = Symbol.for('flowlens.door')
const holder = globalThis as { [HELD]?: Door }

function door(): Door {
  holder[HELD] ??= { closing: false, all: new Set(), watchers: new Set() }
  return holder[HELD]
}

/** One request, from its arrival to the last byte of its answer. */
export class Underway {
  private readonly stop = new AbortController()
  private why: Why | null = null
  private timer: NodeJS.Timeout | null = null
  /** Identity.key, once it is known. */
  person: string | null = null

  constructor(
    private readonly asker: AbortSignal,
    readonly isExport: boolean,
  ) {
    door().all.add(this)
    asker.addEventListener('abort', this.left, { once: true })
  }

  private readonly left = () => this.end('left')

  /** Aborts when the client disconnects, the deadline passes or the server stops. */
  get signal(): AbortSignal {
    return this.stop.signal
  }

  /** Starts the deadline. Milliseconds. */
  allow(ms: number): void {
    this.timer = setTimeout(() => this.end('late'), ms)
    this.timer.unref()
  }

  /** Called when the answer begins, which ends the deadline. */
  begun(): void {
    if (this.timer) clearTimeout(this.timer)
  }

  end(why: Why): void {
    this.why ??= why
    this.stop.abort()
  }

  over(): void {
    this.begun()
    this.asker.removeEventListener('abort', this.left)
    door().all.delete(this)
    for (const watcher of door().watchers) watcher()
  }

  /** The Problem to report to the client; for an interrupted request it says why. */
  explain(error: unknown, deadline: number | null): Problem | null {
    const cut = this.stop.signal.aborted && (!(error instanceof Problem) || error.kind === 'cancelled')
    if (!cut || this.why === 'left') return null
    if (this.why === 'closing') return closingProblem(error)
    return new Problem('slow', `Answer took longer than ${(deadline ?? 0) / 1000} s: narrow the range, or use wait=0`, {
      cause: error,
    })
  }
}

function closingProblem(cause?: unknown): Problem {
  return new Problem('busy', 'Server is shutting down: try again in a moment', { retryAfter: 5, cause })
}

/** Returns the number of running requests, of one person or of all. */
export function countUnderway(which: (one: Underway) => boolean = () => true): number {
  return [...door().all].filter(which).length
}

export function isClosing(): boolean {
  return door().closing
}

/** @throws Problem `busy` once the server is shutting down. */
export function refuseWhenClosing(): void {
  if (door().closing) throw closingProblem()
}

/** Refuses new requests from now on. */
export function closeDoor(): void {
  door().closing = true
}

/** Interrupts running answers: streams say so in their last line or event. */
export function cutShort(): void {
  for (const one of door().all) one.end('closing')
}

/** Resolves when every answer has ended, or after `patience` milliseconds; true if all have ended. */
export function untilOver(patience: number): Promise<boolean> {
  const { all, watchers } = door()
  return new Promise((resolve) => {
    const done = (over: boolean) => {
      clearTimeout(timer)
      watchers.delete(look)
      resolve(over)
    }
    const look = () => {
      if (all.size === 0) done(true)
    }
    const timer = setTimeout(() => done(all.size === 0), patience)
    watchers.add(look)
    look()
  })
}
