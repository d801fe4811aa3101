import 'server-only'
import type { Progress } from '@/lib/flow/answers'
import type { Asked, View } from '@/lib/flow/view'
import type { Survey } from '@/lib/ingest/road'
import { readStrict } from '@/lib/link/params'
import { respondEvents, type Send } from './events'
import { fetchRange } from './fetch-range'
import { type Context, handle } from './handle'
import { planToAgree } from './plan'
import { estimator } from './progress'
import { describeView, resolve } from './resolve'

/** Milliseconds between two progress events. */
const PACE = 250

/** Whether files that lie in no hour have yet to be read: they may be newer than anything that is known. */
function hasUnreadFiles({ road }: Context, { needs }: Survey): boolean {
  const { blobs, blobsRead } = road.progress({ needs: needs.filter(({ blob }) => blob.hour === null), failed: [], denied: [] })
  return blobsRead < blobs
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
  // Files that were never read may be newer than what paths tell; the day that they lead to needs no more than this one.
  const again = ask && plan === null && asked.range.kind === 'newest' && hasUnreadFiles(context, first.survey)
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
    const { asked, options } = readStrict('load', given.params)
    return respondEvents(given, async (context, send) => {
      const survey = await agreed(context, asked, options.ask, send)
      if (survey !== null) await read(context, survey, send)
    })
  },
  { deadline: null },
)
