import { setTimeout } from 'node:timers/promises'
import { floorTo, HOUR } from '@/lib/flow/bucket'
import { Problem } from '@/lib/flow/problem'
import { FLUSH_LAG } from '@/lib/flow/view'
import { CLOSES_AFTER } from './plan'
import type { Road } from './road'

export interface FollowOptions {
  /** From this instant on everything is kept up to date, epoch milliseconds. */
  since: number
  /** Between the beginnings of two looks, milliseconds. */
  every: number
  /** Each so many looks begins at `since` again: blobs may be replaced, or come late. */
  wholeEach: number
  now?: () => number
}

/** What one look came to. */
export interface Look {
  /** Epoch milliseconds. */
  at: number
  took: number
  /** From where on it looked, epoch milliseconds. */
  from: number
  blobs: number
  /** Blobs not read as far as they go, because of failures. */
  missing: number
  /** Sources that could not say, or not all. */
  failed: number
  /** What this look read. */
  bytes: number
  tuples: number
  /** Flush time of the newest record read, epoch milliseconds, or null when there is none. */
  newest: number | null
  /** How far that is behind, milliseconds; Azure itself flushes once a minute. */
  lag: number | null
}

/**
 * Reads what comes, without anybody asking: a look at the sources every so often. What an earlier run has read is known from the store, so that it can
 * be stopped at any time, and any number of instances may do it side by side. Ends when the signal aborts; a look that fails is one with everything
 * missing, and the next one tries again.
 */
export async function* follow(road: Road, { since, every, wholeEach, now = Date.now }: FollowOptions, signal: AbortSignal) {
  let settled = since
  for (let number = 0; !signal.aborted; number++) {
    const at = now()
    if (number % wholeEach === 0) settled = since
    let done: Look
    try {
      done = await look(road, settled, at, now, signal)
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof Problem)) throw error
      yield { at, problem: error }
      await pause(every - (now() - at), signal)
      continue
    }
    // Hours that can still grow are looked at again, and so is everything where something is missing.
    if (done.missing === 0 && done.failed === 0) settled = Math.max(since, floorTo(at - CLOSES_AFTER - FLUSH_LAG, HOUR) - HOUR)
    yield done
    await pause(every - (now() - at), signal)
  }
}

async function look(road: Road, from: number, at: number, now: () => number, signal: AbortSignal): Promise<Look> {
  road.refresh()
  const survey = await road.survey({ from, to: at }, signal)
  const before = road.progress(survey)
  await road.fetch(survey, signal)
  const after = road.progress(survey)
  const states = survey.needs.map(({ blob }) => road.store.blobs().get(blob.id))
  const through = states.flatMap((state) => state?.through ?? [])
  const newest = through.length === 0 ? null : through.reduce((a, b) => Math.max(a, b))
  return {
    at,
    took: now() - at,
    from,
    blobs: after.blobs,
    missing: after.blobs - after.blobsRead,
    failed: survey.failed.length,
    bytes: Math.max(0, after.bytesRead - before.bytesRead),
    tuples: Math.max(0, after.tuples - before.tuples),
    newest,
    lag: newest === null ? null : now() - newest,
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(Math.max(0, ms), undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
