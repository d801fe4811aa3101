import { Problem } from '@/lib/flow/problem'
import type { Connect } from '@/lib/source/request/client'
import { clockOf } from '@/lib/source/request/clock'
import { refusedBefore } from '@/lib/source/request/refusals/before'

/** When a shared access signature ends, from its `se` (learn.microsoft.com/rest/api/storageservices/create-service-sas): epoch milliseconds, or null. */
export function sasEnd(query: string): number | null {
  const written = new URLSearchParams(query).get('se')
  const end = written === null ? Number.NaN : Date.parse(written)
  return Number.isNaN(end) ? null : end
}

/**
 * The same connection, until the signature that it rests on has ended by the clock of the account, which is asked before it has ever answered.
 * @throws Problem `denied` from then on.
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

/** The same connection, or none where the SAS in `query` says itself that it does not allow to read and list. @throws Problem `denied`. */
export function unlessRefused(account: string, query: string, connect: Connect): Connect {
  const problem = refusedBefore(account, query)
  if (problem === null) return connect
  return () => {
    throw problem
  }
}
