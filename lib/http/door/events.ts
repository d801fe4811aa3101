import 'server-only'
import { respondStream, toErrorAnswer } from '@/lib/http/report/respond'
import type { Context } from './handle'

export type Send = (event: string, data: unknown) => void

/** Responds with the server-sent events that `tell` sends; an error is sent as `problem`. The signal of its context aborts when the client disconnects. */
export function respondEvents(given: Context, tell: (context: Context, send: Send) => Promise<void>): Response {
  const encoder = new TextEncoder()
  const left = new AbortController()
  const context: Context = { ...given, signal: AbortSignal.any([given.signal, left.signal]) }
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send: Send = (event, data) => {
        if (!left.signal.aborted) controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
      }
      try {
        await tell(context, send)
      } catch (error) {
        send('problem', toErrorAnswer(context.explain(error), context.requestId))
      } finally {
        if (!left.signal.aborted) controller.close()
      }
    },
    cancel() {
      left.abort()
    },
  })
  return respondStream(stream, context.requestId, { 'content-type': 'text/event-stream; charset=utf-8' })
}
