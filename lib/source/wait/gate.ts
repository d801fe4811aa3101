import { onAbort } from './on-abort'

/** Lets at most `width` requests run at once; others wait in line. */
export class Gate {
  private free: number
  private readonly line: (() => void)[] = []

  constructor(width: number) {
    this.free = width
  }

  /** Runs `work` in its turn. Rejects with the signal's reason if the signal aborts first. */
  async pass<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.enter(signal)
    try {
      return await work()
    } finally {
      const next = this.line.shift()
      if (next) next()
      else this.free++
    }
  }

  private enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.free > 0) {
      this.free--
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const turn = () => {
        release()
        resolve()
      }
      this.line.push(turn)
      const release = onAbort(signal, () => {
        this.line.splice(this.line.indexOf(turn), 1)
        reject(signal.reason)
      })
    })
  }
}

const SHARED = Symbol.for('flowlens.source.gate')

/** Returns the one gate of this process, which is kept on globalThis because bundles may contain several copies of this module. */
export function sharedGate(): Gate {
  const holder = globalThis as { [SHARED]?: Gate }
  holder[SHARED] ??= new Gate(32)
  return holder[SHARED]
}
