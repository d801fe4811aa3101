import { coverPorts } from '@/lib/flow/address/cover'
import type { RuleAnswer } from '@/lib/flow/answer/traffic/rule'
import { COLUMNS, NAMED_TUPLES } from '@/lib/query/columns/columns'
import { instant } from '@/lib/query/columns/words'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

type Ports = NonNullable<RuleAnswer['allow']>['ports']

/** Port ranges in a cover, for each protocol. */
export const RANGES = 8

interface Door {
  side: number
  port: number
  protocol: string
  tuples: number
  sources: number
  firstTime: number
  lastTime: number
}

/** Returns the destination ports of a rule's traffic, by action (its code as stored): the most tuples first, equal ones by port and protocol. */
export async function rulePorts(
  store: Store,
  { condition, limit }: { condition: Sql; limit: number },
  signal?: AbortSignal,
): Promise<(action: number) => Ports> {
  const doors = await store.query<Door>(
    sql`select side, port, protocol, count(*) as tuples, count(distinct src) as sources, min(time) as "firstTime", max(time) as "lastTime" from (
        select action as side, dport as port, ${COLUMNS.proto.value} as protocol, src, time from ${NAMED_TUPLES} where ${condition}
      ) as doors group by side, port, protocol order by tuples desc, port, protocol`,
    signal,
  )
  return (action) => {
    const open = doors.filter(({ side }) => side === action)
    const protocols = [...new Set(open.map(({ protocol }) => protocol))].sort()
    return {
      total: open.length,
      rows: open.slice(0, limit).map(({ port, protocol, tuples, sources, firstTime, lastTime }) => ({
        dport: port,
        proto: protocol,
        tuples,
        sources,
        first: instant(firstTime),
        last: instant(lastTime),
      })),
      cover: protocols.map((proto) => ({
        proto,
        ...coverPorts(
          open.filter(({ protocol }) => protocol === proto).map(({ port }) => port),
          RANGES,
        ),
      })),
    }
  }
}
