import 'server-only'
import type { Context } from './handle'
import { respondStream, toErrorAnswer } from './respond'

export type Send = (event: string, data: unknown) => void

/** Server-sent events, as `tell` sends them; what it throws is sent as `problem`. The context that it gets is cancelled when the listener leaves. */
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
