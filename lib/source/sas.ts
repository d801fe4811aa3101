import { Problem } from '@/lib/flow/problem'
import type { Connect } from './azure-client'

/** When a shared access signature ends, from its `se` (learn.microsoft.com/rest/api/storageservices/create-service-sas): epoch milliseconds, or null. */
export function sasEnd(query: string): number | null {
  const written = new URLSearchParams(query).get('se')
  const end = written === null ? Number.NaN : Date.parse(written)
  return Number.isNaN(end) ? null : end
}

/** The same connection, until the signature that it rests on has ended. @throws Problem `denied` from then on. */
export function until(end: number | null, account: string, connect: Connect, now: () => number = Date.now): Connect {
  if (end === null) return connect
  return (container) => {
    if (now() < end) return connect(container)
    const ended = new Date(end).toISOString()
    throw new Problem('denied', `${account} may not be read any more: its SAS ended at ${ended}; put a new one into FLOWLENS_SOURCES`, {
      where: account,
    })
  }
}
