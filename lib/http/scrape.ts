import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import { Problem } from '@/lib/flow/problem'
import { handle } from './handle'
import { metrics } from './metrics'
import { respondText } from './respond'
import { settings } from './settings'

/** Of one length, so that nothing of the token shows in how long comparing takes. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function isBearer(request: Request, token: string): boolean {
  const given = /^Bearer +([\w.~+/=-]+)$/i.exec(request.headers.get('authorization')?.trim() ?? '')?.[1] ?? ''
  return timingSafeEqual(digest(given), digest(token))
}

/** Prometheus text for who has the bearer token; there is no such route where none is set. */
export const scrape = handle(
  'metrics',
  async ({ request, requestId }) => {
    const { metricsToken } = settings()
    const held = metrics()
    if (metricsToken === null || held === null) throw new Problem('absent', 'Metrics are off: FLOWLENS_METRICS_TOKEN turns them on')
    if (!isBearer(request, metricsToken)) throw new Problem('signin', 'Metrics need the bearer token of FLOWLENS_METRICS_TOKEN')
    return respondText(await held.registry.metrics(), held.registry.contentType, requestId)
  },
  { open: true, alone: true },
)
