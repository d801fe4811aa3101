import 'server-only'
import { Problem } from '@/lib/flow/problem'
import { handle } from '@/lib/http/door/handle'
import type { HandledRoute } from '@/lib/http/door/route'
import { checkRoom } from '@/lib/http/folders/room'
import { respondEmpty } from '@/lib/http/report/respond'
import { answerFirst, type Probe } from '@/lib/http/server/limits/crowd'
import { isClosing } from '@/lib/http/server/limits/underway'
import { server } from '@/lib/http/server/server'

/** Longest wait for a store that is ready. Milliseconds. */
const PATIENCE = 3000

function tooLate(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Problem('cancelled', 'Store has not answered')), { once: true })
  })
}

/** Answers 204 if the store answers and the data directory can be written, else 503, without content. Does not contact storage. */
export const ready = handle(
  'health/ready',
  async ({ requestId, signal, explain, log }) => {
    if (isClosing()) return respondEmpty(503, requestId)
    try {
      const { road, dataDir } = await server()
      await Promise.race([Promise.all([road.store.size(), checkRoom(dataDir)]), tooLate(signal)])
      return respondEmpty(204, requestId)
    } catch (error) {
      const { kind, message } = explain(error)
      log.warn({ requestId, kind, message }, 'not ready')
      return respondEmpty(503, requestId)
    }
  },
  { open: true, alone: true, deadline: PATIENCE },
)

/** Any answer shows that the event loop runs; nothing else is checked. */
export const live = handle('health/live', async ({ requestId }) => respondEmpty(204, requestId), { open: true, alone: true })

/** Converts a route without content to a probe on the bare connection. */
function bare(route: HandledRoute): Probe {
  return async (incoming, response) => {
    const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : [],
    )
    const request = new Request(new URL(incoming.url ?? '/', 'http://localhost'), { method: incoming.method ?? 'GET', headers })
    const answer = await route(request, { params: Promise.resolve({}) })
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    response.end(Buffer.from(await answer.arrayBuffer()))
  }
}

answerFirst(
  new Map([
    ['/api/health/live', bare(live)],
    ['/api/health/ready', bare(ready)],
  ]),
)
