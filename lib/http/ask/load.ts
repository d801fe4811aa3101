import 'server-only'
import type { Progress } from '@/lib/flow/answer/load'
import type { Asked, View } from '@/lib/flow/view'
import { respondEvents, type Send } from '@/lib/http/door/events'
import { type Context, handle } from '@/lib/http/door/handle'
import type { Survey } from '@/lib/ingest/road/road'
import { readStrict } from '@/lib/link/params'
import { fetchRange } from './fetch-range'
import { keptFilter } from './kept-filter'
import { planToAgree } from './plan'
import { describeView, resolve } from './resolve'

/** Milliseconds between two progress events. */
const PACE = 250

/** Rates are taken over this long. Milliseconds. */
const WINDOW = 4000

/** Estimates the time left from the last few seconds' pace: call it with each progress as it comes. */
function estimator(now: () => number = Date.now): (progress: Progress) => Progress {
  const seen: { at: number; bytes: number }[] = []
  return (progress) => {
    const at = now()
    seen.push({ at, bytes: progress.bytesRead })
    while (seen.length > 2 && at - seen[0]!.at > WINDOW) seen.shift()
    const first = seen[0]!
    const pace = (progress.bytesRead - first.bytes) / Math.max(1, at - first.at)
    return { ...progress, left: pace > 0 ? Math.round((progress.bytes - progress.bytesRead) / pace) : null }
  }
}

/** The range and what it needs. */
async function lookUp(context: Context, asked: Asked, wait: boolean): Promise<{ view: View; survey: Survey }> {
  const view = await resolve(context, asked, wait)
  return { view, survey: await context.road.survey(view, context.signal) }
}

/** What the range needs; null when the asker has to agree first, who is then told the plan and nothing has been read. */
async function agreed(context: Context, asked: Asked, ask: boolean, send: Send): Promise<Survey | null> {
  const first = await lookUp(context, asked, !ask)
  const plan = ask ? await planToAgree(context, first.survey) : null
  // Files that lie in no hour may be newer than what paths tell, and others may have read them since; the day that they lead to needs no more than this one.
  const isLed = first.survey.needs.some(({ blob }) => blob.hour === null)
  const again = ask && plan === null && asked.range.kind === 'newest' && isLed
  const { view, survey } = again ? await lookUp(context, asked, true) : first
  send('view', describeView(view))
  if (plan === null) return survey
  send('ask', plan)
  return null
}

async function read(context: Context, survey: Survey, send: Send): Promise<void> {
  const { road } = context
  const estimate = estimator()
  const progress = (): Progress => estimate(road.progress(survey))
  send('progress', progress())
  const ticker = setInterval(() => send('progress', progress()), PACE)
  try {
    await fetchRange(context, survey)
  } finally {
    clearInterval(ticker)
  }
  const { malformed } = await road.coverage(survey)
  send('done', { ...road.progress(survey), malformed, left: 0, done: true })
}

/**
 * Reads the range and tells how it goes, as server-sent events: `view` first, `progress` while reading, then `done` or `problem`. With `ask=1`, a range
 * that would read more than the server reads unasked is not read: `ask` with its plan ends the stream. Reading stops when the listener leaves.
 */
export const load = handle(
  'load',
  async (given) => {
    const { asked, options } = readStrict('load', given.params, keptFilter)
    return respondEvents(given, async (context, send) => {
      const survey = await agreed(context, asked, options.ask, send)
      if (survey !== null) await read(context, survey, send)
    })
  },
  { deadline: null },
)
