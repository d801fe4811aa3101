import { IPV4_BASE } from '@/lib/flow/address/address'
import { keyOf } from '@/lib/query/condition/key-of'
import type { Kept } from '@/lib/store/kept'
import { type Sql, sql } from '@/lib/store/sql'
import { ADDRESS, type End, MOST, refuseMost } from './end'

export type Query = <Row>(question: Sql) => Promise<Row[]>

const IPV4: Readonly<Record<End, Sql>> = { src: sql`src_ipv4`, dst: sql`dst_ipv4` }
const IPV6: Readonly<Record<End, Sql>> = { src: sql`src_ipv6`, dst: sql`dst_ipv6` }

/** Returns the query for the addresses at an end of a range's rows. IPv4 addresses are fetched as 32-bit numbers, which takes a fraction of the time. */
export function addressesAt(end: End, range: Sql): { key: string; ask: (query: Query, kept: Kept) => Promise<bigint[]> } {
  const narrow = sql`select distinct ${IPV4[end]} as address from tuples where ${range} and ${IPV4[end]} is not null limit ${MOST + 1}`
  const wide = sql`select distinct ${ADDRESS[end]} as address from tuples where ${range} and ${IPV6[end]} is not null limit ${MOST + 1}`
  const key = keyOf(narrow)
  return {
    key,
    ask: (query, kept) =>
      kept.get(`addresses ${key}`, async () => {
        const [ipv4, ipv6] = await Promise.all([query<{ address: number }>(narrow), query<{ address: bigint }>(wide)])
        refuseMost({ length: ipv4.length + ipv6.length })
        return [...ipv4.map(({ address }) => IPV4_BASE + BigInt(address)), ...ipv6.map(({ address }) => address)]
      }),
  }
}
