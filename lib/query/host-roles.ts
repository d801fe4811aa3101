import { formatAddress } from '@/lib/flow/address'
import type { HostAnswer } from '@/lib/flow/answers'
import { ACTIONS, DENY } from '@/lib/flow/tuple'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { endOf, SEEN, type Seen, seen, TRAFFIC, type Traffic, traffic } from './host-ends'

type Role = HostAnswer['roles'][number]

interface Place {
  side: number
  action: number
}

interface Ranked extends Place {
  /** Rows of the list before it was cut. */
  total: number
}

/** What moved most where it was allowed, who tried most where it was denied; `ties` makes the order total. */
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

type PortRow = Ranked & Traffic & Seen & { port: number; protocol: string; others: number }
type PeerRow = Ranked & Traffic & Seen & { peer: bigint; others: number }

function listOf<Row extends Ranked, Shown>(
  rows: readonly Row[],
  { side, action }: Place,
  show: (row: Row) => Shown,
): { total: number; rows: Shown[] } {
  const own = rows.filter((row) => row.side === side && row.action === action)
  return { total: own[0]?.total ?? 0, rows: own.map(show) }
}

/** What the address serves and uses, keeps out and is kept out of, each with its ports and peers; a role without a tuple is left out. */
export async function hostRoles(store: Store, ends: Sql, limit: number, signal?: AbortSignal): Promise<Role[]> {
  const [roles, ports, peers] = await Promise.all([
    store.query<Place & Traffic & Seen>(
      sql`select side, action, ${TRAFFIC}, ${SEEN} from ${ends} group by side, action order by side, action`,
      signal,
    ),
    store.query<PortRow>(topSql(ends, sql`port, protocol`, sql`peer`, limit), signal),
    store.query<PeerRow>(topSql(ends, sql`peer`, sql`port`, limit), signal),
  ])
  return roles.map((role) => ({
    end: endOf(role.side),
    action: ACTIONS[role.action]!,
    ...traffic(role),
    ...seen(role),
    ports: listOf(ports, role, (row) => ({
      dport: row.port,
      proto: row.protocol,
      ...traffic(row),
      peers: row.others,
      ...seen(row),
    })),
    peers: listOf(peers, role, (row) => ({ ip: formatAddress(row.peer), ...traffic(row), ports: row.others, ...seen(row) })),
  }))
}
