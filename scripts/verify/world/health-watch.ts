/** Interval between two health checks. Milliseconds. */
const EVERY = 100
/** An answer that takes longer never comes. Milliseconds. */
const PATIENCE = 60_000

export interface Health {
  /** Milliseconds of every answer, in order. */
  times: number[]
  /** What was not answered, or not well. */
  failures: string[]
}

/** Asks after the server's health at a steady pace, whatever else goes on, until `stop`, which gives what was met. */
export function watchHealth(url: string): { stop(): Promise<Health> } {
  const health: Health = { times: [], failures: [] }
  const asked = new Set<Promise<void>>()
  const ask = async () => {
    const began = performance.now()
    try {
      const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(PATIENCE) })
      await response.text()
      if (!response.ok) health.failures.push(`status ${response.status}`)
      health.times.push(performance.now() - began)
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
