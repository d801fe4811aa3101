import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import { Problem } from '@/lib/flow/problem'
import { handle } from '@/lib/http/door/handle'
import { respondText } from '@/lib/http/report/respond'
import { metrics } from '@/lib/http/server/metrics'
import { settings } from '@/lib/http/server/settings'

/** Hashes to a fixed length, so that the comparison time reveals nothing about the token. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function isBearer(request: Request, token: string): boolean {
  const given = /^Bearer +([\w.~+/=-]+)$/i.exec(request.headers.get('authorization')?.trim() ?? '')?.[1] ?? ''
  return timingSafeEqual(digest(given), digest(token))
}

/** Answers requests that have the bearer token with Prometheus text; 404 if no token is configured. */
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
