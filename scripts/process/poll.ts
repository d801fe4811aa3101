import { setTimeout as sleep } from 'node:timers/promises'

/** Polls until the answer is not null. Rejects with an error that names `what` when it takes too long. Milliseconds. */
export async function poll<T>(what: string, ask: () => Promise<T | null>, timeout: number, pause = 50): Promise<T> {
  const deadline = Date.now() + timeout
  let cause: unknown
  while (Date.now() < deadline) {
    try {
      const answer = await ask()
      if (answer !== null) return answer
      cause = undefined
    } catch (error) {
      cause = error
    }
    await sleep(pause)
  }
  throw new Error(`${what} did not answer within ${timeout / 1000} s`, { cause })
}
