import { coreWait } from './core-wait'
import type { Served } from './serve'

/** Interval between two health checks. Milliseconds. */
const EVERY = 100
/** Longest wait for an answer. Milliseconds. */
const PATIENCE = 60_000

export interface Health {
  /**
   * Milliseconds of every answer, in order, without the time for which the server's main thread, or the one that asks, waited for a core: what remains does not
   * rest on what else the machine does.
   */
  times: number[]
  /** Failed checks. */
  failures: string[]
}

/** Checks a server's health at a steady pace until `stop`, which returns the results. */
export function watchHealth({ url, child }: Pick<Served, 'url' | 'child'>): { stop(): Promise<Health> } {
  const health: Health = { times: [], failures: [] }
  const asked = new Set<Promise<void>>()
  const waited = () => coreWait(child.pid!) + coreWait(process.pid)
  const ask = async () => {
    const [began, before] = [performance.now(), waited()]
    try {
      const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(PATIENCE) })
      const text = await response.text()
      if (!response.ok) health.failures.push(`status ${response.status} ${text.slice(0, 300)}`)
      health.times.push(Math.max(0, performance.now() - began - (waited() - before)))
    } catch (error) {
      health.failures.push(`${error instanceof Error ? error.message : error} after ${Math.round(performance.now() - began)} ms`)
    }
  }
  const timer = setInterval(() => {
    const one = ask().finally(() => asked.delete(one))
    asked.add(one)
  }, EVERY)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(asked)
      return health
    },
  }
}
