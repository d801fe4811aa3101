import 'server-only'
import type { Progress } from '@/lib/flow/answer/read/load'
import { withBaseline } from '@/lib/flow/view/novelties'
import type { Asked, View } from '@/lib/flow/view/view'
import { fetchRange } from '@/lib/http/ask/answering/fetch-range'
import { keptFilter } from '@/lib/http/ask/answering/kept-filter'
import { describeView, resolve } from '@/lib/http/ask/answering/resolve'
import { turnFor } from '@/lib/http/ask/answering/turns'
import { respondEvents, type Send } from '@/lib/http/door/events'
import { type Context, handle } from '@/lib/http/door/handle'
import type { Survey } from '@/lib/ingest/road/road'
import { readStrict } from '@/lib/link/params'
import { planToAgree } from './plan'

/** Milliseconds between two progress events. */
const PACE = 250

/** Time over which rates are measured. Milliseconds. */
const WINDOW = 4000

/** Returns a function that adds the estimated time left to each progress, from the pace of the last few seconds. */
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

/** Returns the resolved range and its survey. */
async function lookUp(context: Context, asked: Asked, wait: boolean): Promise<{ view: View; survey: Survey }> {
  const view = await resolve(context, asked, wait)
  return { view, survey: await context.road.survey(withBaseline(view), context.signal) }
}

/** Returns the survey of the range; null if the client must agree first: then it is sent the plan, and nothing is read. */
async function agreed(context: Context, asked: Asked, ask: boolean, send: Send): Promise<Survey | null> {
  const first = await lookUp(context, asked, !ask)
  const plan = ask ? await planToAgree(context, first.survey) : null
  // Files without an hour may be newer than all paths, and other requests may have read them in the meantime; the day that results needs no more than this one.
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
 * Reads the range and reports it as server-sent events: `view` first, `progress` while reading, then `done` or `problem`. With `ask=1`, a range that would read
 * more than the server reads without confirmation is not read: the stream ends with `ask` and the plan. Reading stops when the client disconnects.
 */
export const load = handle(
  'load',
  async (given) => {
    await turnFor(given.params.get('q') ?? '', given.signal)
    const { asked, options } = readStrict('load', given.params, keptFilter)
    return respondEvents(given, async (context, send) => {
      const survey = await agreed(context, asked, options.ask, send)
      if (survey !== null) await read(context, survey, send)
    })
  },
  { deadline: null },
)
