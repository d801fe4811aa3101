import { Problem } from '@/lib/flow/problem'
import type { Connect } from '@/lib/source/request/client'
import { clockOf } from '@/lib/source/request/clock'
import { refusedBefore } from '@/lib/source/request/refusals/before'

/**
 * Returns the end of a shared access signature from its `se`, epoch milliseconds, or null (learn.microsoft.com/rest/api/storageservices/create-service-sas).
 */
export function sasEnd(query: string): number | null {
  const written = new URLSearchParams(query).get('se')
  const end = written === null ? Number.NaN : Date.parse(written)
  return Number.isNaN(end) ? null : end
}

/**
 * Returns a connection that works until the shared access signature has ended by the account's clock. Until the account has answered once, the SAS counts as
 * valid.
 * @throws Problem `denied` after the end
 */
export function until(end: number | null, account: string, connect: Connect, now = () => clockOf(account) ?? 0): Connect {
  if (end === null) return connect
  return (container) => {
    if (now() < end) return connect(container)
    const ended = new Date(end).toISOString()
    throw new Problem('denied', `${account} may not be read any more: its SAS ended at ${ended}; put a new one into FLOWLENS_SOURCES`, {
      where: account,
    })
  }
}

/**
 * Returns `connect`, or a connection that always throws if the SAS in `query` itself shows that it does not permit reading and listing.
 * @throws Problem `denied`
 */
export function unlessRefused(account: string, query: string, connect: Connect): Connect {
  const problem = refusedBefore(account, query)
  if (problem === null) return connect
  return () => {
    throw problem
  }
}
