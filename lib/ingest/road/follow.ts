import { setTimeout } from 'node:timers/promises'
import { Problem } from '@/lib/flow/problem'
import { floorTo, HOUR } from '@/lib/flow/time/bucket'
import { FLUSH_LAG } from '@/lib/flow/view/view'
import { CLOSES_AFTER } from '@/lib/ingest/read/plan'
import type { Road } from './road'

export interface FollowOptions {
  /** Everything from this instant on is kept up to date. Epoch milliseconds. */
  since: number
  /** Interval between the starts of two polls. Milliseconds. */
  every: number
  /** One poll in this many starts at `since` again, because blobs may be replaced or arrive late. */
  wholeEach: number
  now?: () => number
}

/** The result of one poll. */
export interface Poll {
  /** Epoch milliseconds. */
  at: number
  took: number
  /** Start of the polled range. Epoch milliseconds. */
  from: number
  blobs: number
  /** Blobs not read completely because of failures. */
  missing: number
  /** Sources that could not answer, or not completely. */
  failed: number
  /** Amounts read by this poll. */
  bytes: number
  tuples: number
  /** Flush time of the newest record read, or null when there is none. Epoch milliseconds. */
  newest: number | null
  /** Age of that record; Azure itself flushes once a minute. Milliseconds. */
  lag: number | null
}

/**
 * Reads new data continuously by polling the sources. The store knows what an earlier run has read, so it can be stopped at any time, and several
 * instances may run in parallel. Ends when the signal aborts. A failed poll reports everything as missing, and the next one tries again.
 */
export async function* follow(road: Road, { since, every, wholeEach, now = Date.now }: FollowOptions, signal: AbortSignal) {
  let settled = since
  for (let number = 0; !signal.aborted; number++) {
    const at = now()
    if (number % wholeEach === 0) settled = since
    let done: Poll
    try {
      done = await look(road, settled, at, now, signal)
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof Problem)) throw error
      yield { at, problem: error }
      await pause(every - (now() - at), signal)
      continue
    }
    // Hours that can still grow are polled again, and everything if something is missing.
    if (done.missing === 0 && done.failed === 0) settled = Math.max(since, floorTo(at - CLOSES_AFTER - FLUSH_LAG, HOUR) - HOUR)
    yield done
    await pause(every - (now() - at), signal)
  }
}

async function look(road: Road, from: number, at: number, now: () => number, signal: AbortSignal): Promise<Poll> {
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
