import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import { insertLease } from './insert'
import { LEASES } from './tables'

/** Maximum number of queries for a row that may not have reached this replica, and the time between them. Milliseconds. */
const LOOKS = 20
const PAUSE = 100

interface Term {
  term: string
  claim: string
  holder: string
  isOver: boolean
}

async function latest(client: ClickHouseClient, name: string): Promise<Term | undefined> {
  const result = await client.query({
    query: `select term, claim, holder, taken + toIntervalMillisecond(ms) <= now64(3, 'UTC') as isOver from ${LEASES}
      where name = {name:String} order by term desc limit 1`,
    query_params: { name },
    format: 'JSONEachRow',
  })
  const [row] = await result.json<Omit<Term, 'isOver'> & { isOver: number }>()
  return row && { ...row, isOver: Number(row.isOver) === 1 }
}

/**
 * Takes or renews a lease; returns true on success. Each grant of a lease, also a renewal, is a row with the next term number, inserted with name and
 * term as deduplication token: the server accepts only one of several such inserts, so the claim in the stored row shows who has the term. If this replica lags
 * behind and does not show the row in time, the lease counts as not taken.
 */
export async function takeLease(
  client: ClickHouseClient,
  { name, holder, ms }: { name: string; holder: string; ms: number },
): Promise<boolean> {
  const known = await latest(client, name)
  if (known !== undefined && known.holder !== holder && !known.isOver) return false
  const term = Number(known?.term ?? 0) + 1
  const claim = randomUUID()
  await insertLease(client, { name, term, claim, holder, ms })
  for (let look = 0; look < LOOKS; look++) {
    const now = await latest(client, name)
    if (now !== undefined && Number(now.term) >= term) return now.claim === claim && !now.isOver
    await setTimeout(PAUSE)
  }
  return false
}
