import { formatAddress } from '@/lib/flow/address/address'
import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import { ACTIONS, DENY } from '@/lib/flow/tuple/tuple'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { endOf, type HostTraffic, SEEN, type SeenTimes, seen, TRAFFIC, traffic } from './ends'

type Role = HostAnswer['roles'][number]
type Tops = Pick<Role, 'ports' | 'peers'>

interface Ranked extends HostTraffic, SeenTimes {
  side: number
  action: number
  /** Distinct peers of a port, or ports of a peer. */
  others: number
  /** Rows of the list before it was cut. */
  total: number
}

/** Selects the rows with the most bytes for allowed traffic, and with the most tuples for denied traffic. */
function topSql(ends: Sql, keys: Sql, others: Sql, limit: number): Sql {
  return sql`select * from (
      select *, count(*) over (partition by side, action) as total,
        row_number() over (partition by side, action order by weight desc, tuples desc, ${keys}) as place
      from (
        select side, action, ${keys}, ${TRAFFIC}, ${SEEN}, count(distinct ${others}) as others,
          case when action = ${DENY} then 0 else coalesce(sum(sent + received), 0) end as weight
        from ${ends} group by side, action, ${keys}
      ) as counted
    ) as ranked where place <= ${limit} order by side, action, place`
}

/** Returns the first `limit` ports and peers of each role, and their total numbers. */
export async function hostTops(
  store: Store,
  ends: Sql,
  limit: number,
  signal?: AbortSignal,
): Promise<(role: Pick<Role, 'end' | 'action'>) => Tops> {
  const [ports, peers] = await Promise.all([
    store.query<Ranked & { port: number; protocol: string }>(topSql(ends, sql`port, protocol`, sql`peer`, limit), signal),
    store.query<Ranked & { peer: bigint }>(topSql(ends, sql`peer`, sql`port`, limit), signal),
  ])
  return ({ end, action }) => {
    const own = <Row extends Ranked>(rows: readonly Row[]) =>
      rows.filter((row) => endOf(row.side) === end && ACTIONS[row.action] === action)
    const [ownPorts, ownPeers] = [own(ports), own(peers)]
    return {
      ports: {
        total: ownPorts[0]?.total ?? 0,
        rows: ownPorts.map((row) => ({ dport: row.port, proto: row.protocol, ...traffic(row), peers: row.others, ...seen(row) })),
      },
      peers: {
        total: ownPeers[0]?.total ?? 0,
        rows: ownPeers.map((row) => ({ ip: formatAddress(row.peer), ...traffic(row), ports: row.others, ...seen(row) })),
      },
    }
  }
}
