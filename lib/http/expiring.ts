import 'server-only'
import type { CoverageProblem } from '@/lib/flow/answers'
import { DAY } from '@/lib/flow/bucket'
import { expiryNotice } from '@/lib/flow/expiry'
import type { Road } from '@/lib/ingest/road'
import { log } from './log'

/** Sources whose signature has ended or ends soon, each as a problem. */
export function expiring({ sources }: Pick<Road, 'sources'>, now = Date.now()): CoverageProblem[] {
  return sources.flatMap(({ id, name, expires }) => {
    const notice = expires == null ? null : expiryNotice(expires, now)
    const place = { source: id, blob: null, offset: null, sample: null }
    return notice === null ? [] : [{ kind: 'source', message: `${name}: ${notice}`, reason: 'expires', count: 1, ...place }]
  })
}

/** Warns in the log of signatures that end soon, now and once a day. */
export function warnOfExpiry(road: Pick<Road, 'sources'>): void {
  for (const { message } of expiring(road)) log().warn(message)
  setTimeout(warnOfExpiry, DAY, road).unref()
}
