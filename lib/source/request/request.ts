import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '@/lib/flow/problem'
import { cancelled } from '@/lib/source/wait/cancelled'
import { type Gate, sharedGate } from '@/lib/source/wait/gate'
import { onAbort } from '@/lib/source/wait/on-abort'
import { heardFrom } from './clock'
import { Cut } from './cut'
import { Outage } from './outage'
import { azureProblem, judge } from './problem'
import { backoff, PACE, type Pace } from './retry'
import { count } from './tally'

/** Settings of requests: retries, concurrency, and the sources of chance and time. */
export interface Manner {
  pace: Pace
  gate: Gate
  /** 0..1 */
  random: () => number
  /** Epoch milliseconds. */
  now: () => number
  /** Returns for how many milliseconds a listing may be kept, given the wanted number. */
  keep: (wanted: number) => number
  outage: Outage
}

export function manner(options: Partial<Manner> = {}): Manner {
  return { pace: PACE, gate: sharedGate(), random: Math.random, now: Date.now, keep: (wanted) => wanted, outage: new Outage(), ...options }
}

/**
 * Runs one request until it succeeds, fails for good or has been tried often enough. `subject` names the requested object, without secrets.
 * @throws Problem; errors that only a mistake in our own code can cause are thrown unchanged
 */
export async function request<T>(
  subject: string,
  manner: Manner,
  signal: AbortSignal,
  attempt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { outage, now } = manner
  const refusal = outage.refusal(now())
  if (refusal !== null) throw azureProblem(subject, refusal.error, now())
  const isOnlyTry = outage.begin()
  try {
    return await attempts(subject, { ...manner, pace: isOnlyTry ? { ...manner.pace, tries: 1 } : manner.pace }, signal, attempt)
  } finally {
    if (isOnlyTry) outage.ended()
  }
}

async function attempts<T>(
  subject: string,
  { pace, gate, random, now, outage }: Manner,
  signal: AbortSignal,
  attempt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const began = performance.now()
  for (let tried = 0; ; tried++) {
    try {
      const result = await gate.pass(signal, () => {
        count('calls')
        if (tried > 0) count('retries')
        return within(pace.deadline, signal, attempt)
      })
      outage.heard()
      return result
    } catch (error) {
      if (signal.aborted) throw cancelled()
      const isSilent = heardFrom(subject) < began
      if (!isSilent) outage.heard()
      if (error instanceof Problem || error instanceof TypeError || error instanceof RangeError) throw error
      const { transient, retryAfter } = judge(error, now())
      if (!transient || tried + 1 >= pace.tries) {
        if (transient && isSilent) outage.silent(error, now())
        throw azureProblem(subject, error, now())
      }
      await sleep(backoff(tried, retryAfter, pace, random), undefined, { signal }).catch(() => {
        throw cancelled()
      })
    }
  }
}

async function within<T>(deadline: number, signal: AbortSignal, attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const release = onAbort(signal, () => stop.abort())
  let late = false
  const timer = setTimeout(() => {
    late = true
    stop.abort()
  }, deadline)
  try {
    return await attempt(stop.signal)
  } catch (error) {
    throw late ? new Cut(`gave no full answer within ${deadline / 1000} s`) : error
  } finally {
    clearTimeout(timer)
    release()
  }
}
