import { IPV4_BASE, IPV4_LAST } from '@/lib/flow/address/address'
import { hash53 } from '@/lib/flow/hash'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import type { Scoped } from '@/lib/query/where/scope'
import { inRange } from '@/lib/query/where/where'
import { join, type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

/** A view's rows in one blob. */
export interface BasisRow {
  blob: number
  rows: number
  /** Flush time of the newest of them, epoch milliseconds. */
  newest: number
  sums: [number, number]
}

/** The two largest primes below 2^31: values that differ by less than their product differ in one of the remainders, and no product exceeds 63 bits. */
const PRIMES = [2_147_483_647, 2_147_483_629] as const

/** Integers in every engine, each below 2^63. */
const NUMBERS = [
  ...[
    sql`time`,
    sql`record_time`,
    sql`cast(sport as bigint) * 65536 + dport`,
    sql`cast(proto as bigint) * 32 + dir * 16 + action * 8 + state`,
  ],
  ...[sql`packets_sent`, sql`bytes_sent`, sql`packets_received`, sql`bytes_received`].map((counter) => sql`coalesce(${counter}, -1) + 1`),
  ...[sql`pos`, sql`record_pos`],
]
const ADDRESSES = [sql`src`, sql`dst`]

/** Returns an address modulo `prime`; IPv4 separately, since 128-bit integers are divided bit by bit. */
function addressRest(address: Sql, prime: number): Sql {
  const base = Number(IPV4_BASE % BigInt(prime))
  return sql`case when ${address} between ${IPV4_BASE} and ${IPV4_LAST} then (cast(${address} - ${IPV4_BASE} as bigint) + ${base}) % ${prime}
    else cast(${address} % ${BigInt(prime)} as bigint) end`
}

/**
 * Returns one row as an integer below `prime`: h = (h × (rest + k) + k) mod prime over the rests of all columns, so that the sum changes if values move to
 * other columns or rows. `k` is 1000003 times the column's number.
 */
function hashOf(prime: number): Sql {
  const rests = [...NUMBERS.map((column) => sql`(${column}) % ${prime}`), ...ADDRESSES.map((address) => addressRest(address, prime))]
  return rests.reduce((hash, rest, i) => {
    const salt = 1_000_003 * (i + 1)
    return sql`((${hash} * ((${rest}) + ${salt}) + ${salt}) % ${prime})`
  }, sql`cast(1 as bigint)`)
}

type PortableGroup = Omit<FlowGroup, 'id' | 'source' | 'log' | 'logName'>

/** Returns the hash of a group's properties, an integer below 2^53 that does not depend on where its log was read from. */
export function groupHash({ mac, format, acl, rule, enc, proto, state }: PortableGroup): number {
  return hash53(JSON.stringify([mac, format, acl, rule, enc, proto, state]))
}

interface GroupSums {
  blob: number
  grp: number
  rows: number
  newest: number
  sum0: number
  sum1: number
}

function weigh(sum: number, weight: number, prime: number): bigint {
  return BigInt(sum) * ((BigInt(weight) % BigInt(prime)) + 1n)
}

/**
 * Returns, for every blob that holds rows of the view (range, logs and `asof`, without its filter), the number of rows and two sums over them (modulo each
 * prime of `PRIMES`); each row is weighted with one more than the hash of its group. They do not depend on the place, the order, the number of pieces or the
 * engine of the reading, or on data appended later.
 */
export async function basis(store: Store, view: View, { scope }: Scoped, signal?: AbortSignal): Promise<BasisRow[]> {
  const sums = PRIMES.map((prime, i) => sql`cast(sum(${hashOf(prime)}) % ${prime} as bigint) as ${i === 0 ? sql`sum0` : sql`sum1`}`)
  const [rows, groups] = await Promise.all([
    store.query<GroupSums>(
      sql`select blob, grp, count(*) as rows, max(record_time) as newest, ${join(sums, ', ')} from tuples where ${inRange(view, scope)}
        group by blob, grp`,
      signal,
    ),
    store.query<PortableGroup & { id: number }>(sql`select id, mac, format, acl, rule, enc, proto, state from groups`, signal),
  ])
  const weights = new Map(groups.map((group) => [group.id, groupHash(group)]))
  const blobs = new Map<number, BasisRow>()
  for (const { blob, grp, rows: n, newest, sum0, sum1 } of rows) {
    const known = blobs.get(blob) ?? { blob, rows: 0, newest, sums: [0, 0] }
    const weight = weights.get(grp)!
    blobs.set(blob, {
      blob,
      rows: known.rows + n,
      newest: Math.max(known.newest, newest),
      sums: [
        Number((BigInt(known.sums[0]) + weigh(sum0, weight, PRIMES[0])) % BigInt(PRIMES[0])),
        Number((BigInt(known.sums[1]) + weigh(sum1, weight, PRIMES[1])) % BigInt(PRIMES[1])),
      ],
    })
  }
  return [...blobs.values()]
}

/** Returns the numbers of rejected tuples and records by blob, without blobs that have none. */
export async function rejected(store: Store, signal?: AbortSignal): Promise<Map<number, number>> {
  const rows = await store.query<{ blob: number; refused: number }>(
    sql`select blob, cast(sum(count) as bigint) as refused from rejections where what <> 'warning' group by blob`,
    signal,
  )
  return new Map(rows.map(({ blob, refused }) => [blob, refused]))
}
