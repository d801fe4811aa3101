import 'server-only'
import type { Progress } from '@/lib/flow/answers'
import { readStrict } from '@/lib/link/params'
import { handle } from './handle'
import { estimator } from './progress'
import { describeView, resolve } from './resolve'
import { asProblem, respondStream, toErrorAnswer } from './respond'

/** Milliseconds between two progress events. */
const PACE = 250

/** Reads the range and tells how it goes, as server-sent events: `view` first, `progress` while reading, then `done` or `problem`. Reading stops when the listener leaves. */
export const load = handle(
  'load',
  async (context) => {
    const { road, requestId, signal, params } = context
    const { asked } = readStrict('load', params)
    const encoder = new TextEncoder()
    const left = new AbortController()
    const both = AbortSignal.any([signal, left.signal])
    const stream = new ReadableStream<Uint8Array>({
      async start(controller) {
        const send = (event: string, data: unknown) => {
          if (!both.aborted) controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
        }
        let ticker: NodeJS.Timeout | undefined
        try {
          const view = await resolve({ ...context, signal: both }, asked, true)
          send('view', describeView(view))
          const survey = await road.survey(view, both)
          const estimate = estimator()
          const progress = (): Progress => estimate(road.progress(survey))
          send('progress', progress())
          ticker = setInterval(() => send('progress', progress()), PACE)
          await road.fetch(survey, both)
          const { malformed } = await road.coverage(survey)
          send('done', { ...road.progress(survey), malformed, left: 0, done: true })
        } catch (error) {
          send('problem', toErrorAnswer(asProblem(error), requestId))
        } finally {
          clearInterval(ticker)
          if (!left.signal.aborted) controller.close()
        }
      },
      cancel() {
        left.abort()
      },
    })
    return respondStream(stream, requestId, { 'content-type': 'text/event-stream; charset=utf-8' })
  },
  { deadline: null },
)
