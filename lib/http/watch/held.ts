import 'server-only'
import type { Road } from '@/lib/ingest/road/road'

/** Length of a lease, and time after which it is renewed. Milliseconds. */
const LENGTH = 60_000
const RENEWED = 20_000

export interface Holding {
  /** Id of this instance; the same for all its leases. */
  holder: string
  signal: AbortSignal
}

/**
 * Does the work while this instance holds the lease, and renews the lease meanwhile; the signal of the work aborts as soon as the lease may be lost. Returns
 * null without doing the work if another instance holds the lease.
 */
export async function held<Result>(
  store: Pick<Road['store'], 'lease'>,
  name: string,
  { holder, signal }: Holding,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | null> {
  if (!(await store.lease(name, holder, LENGTH))) return null
  const lost = new AbortController()
  let end = setTimeout(() => lost.abort(), LENGTH - RENEWED)
  const renew = async () => {
    const began = performance.now()
    if (!(await store.lease(name, holder, LENGTH))) return lost.abort()
    clearTimeout(end)
    end = setTimeout(() => lost.abort(), LENGTH - RENEWED - (performance.now() - began))
  }
  const renewing = setInterval(() => void renew().catch(() => {}), RENEWED)
  try {
    return await work(AbortSignal.any([signal, lost.signal]))
  } finally {
    clearInterval(renewing)
    clearTimeout(end)
    if (!lost.signal.aborted) await store.lease(name, holder, 0).catch(() => {})
  }
}
