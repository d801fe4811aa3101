import 'server-only'
import { expiryNotice } from '@/lib/flow/access/expiry'
import type { CoverageProblem } from '@/lib/flow/answer/answer'
import { DAY } from '@/lib/flow/time/bucket'
import { log } from '@/lib/http/report/log'
import type { Road } from '@/lib/ingest/road/road'

/** Returns the sources whose SAS has expired or expires soon, each as a problem. */
export function expiring({ sources }: Pick<Road, 'sources'>, now = Date.now()): CoverageProblem[] {
  return sources.flatMap(({ id, name, expires }) => {
    const notice = expires == null ? null : expiryNotice(expires, now)
    const place = { source: id, blob: null, bytes: 0, offset: null, sample: null }
    return notice === null ? [] : [{ kind: 'source', message: `${name}: ${notice}`, reason: 'expires', count: 1, ...place }]
  })
}

/** Logs a warning for each SAS that expires soon, now and once a day. */
export function warnOfExpiry(road: Pick<Road, 'sources'>): void {
  for (const { message } of expiring(road)) log().warn(message)
  setTimeout(warnOfExpiry, DAY, road).unref()
}
