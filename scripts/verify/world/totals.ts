import { strict as assert } from 'node:assert'
import { BYTES } from '@/lib/query/columns/columns'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

/** The stored content of one blob. `places` is the number of different positions: less than `tuples` if a tuple is doubled. */
export interface Total {
  tuples: number
  bytes: number
  places: number
  positions: number
}

/** Returns what counts at present, by blob name. */
export async function totalsOf(store: Store, signal?: AbortSignal): Promise<Map<string, Total>> {
  const rows = await store.query<Total & { blob: number }>(
    sql`select blob, count(*) as tuples, coalesce(sum(${BYTES}), 0) as bytes, count(distinct pos) as places, sum(pos) as positions
      from tuples group by blob`,
    signal,
  )
  const names = new Map([...store.blobs().values()].map(({ id, name }) => [id, name]))
  return new Map(rows.map(({ blob, ...total }) => [names.get(blob) ?? `unknown blob ${blob}`, total]))
}

function sorted(totals: ReadonlyMap<string, Total>): [string, Total][] {
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Throws unless both have the same totals for the same blobs. */
export function mustEqual(totals: ReadonlyMap<string, Total>, calm: ReadonlyMap<string, Total>): void {
  assert.deepEqual(sorted(totals), sorted(calm))
}
