import { formatAddress, formatCidr } from '@/lib/flow/address/address'
import { coverAddresses, type SeenRange } from '@/lib/flow/address/cover'
import { addressScope } from '@/lib/flow/address/scope'
import type { RuleAnswer } from '@/lib/flow/answer/traffic/rule'
import { MEASURES } from '@/lib/query/columns/measures'
import { instant } from '@/lib/query/columns/words'
import { blockOf } from '@/lib/query/condition/origin'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

type End = NonNullable<RuleAnswer['allow']>['sources']

const COLUMN = { sources: sql`src`, destinations: sql`dst` } as const

/** Prefixes in a cover, for each family. */
export const PREFIXES = 8
/** Maximum number of addresses that are covered individually. Of more, each /24 and /64 block is covered, with only its lowest and highest address seen. */
const FEW = 4096

interface Top {
  side: number
  address: bigint
  tuples: number
  flows: number
  bytes: number
  ports: number
  firstTime: number
  lastTime: number
}

/** Selects the addresses with the most tuples, allowed and denied separately, equal ones in address order. */
function topSql(column: Sql, condition: Sql, limit: number): Sql {
  const m = MEASURES
  return sql`select side, address, tuples, flows, bytes, ports, "firstTime", "lastTime" from (
      select *, row_number() over (partition by side order by tuples desc, address) as place from (
        select action as side, ${column} as address, ${m.tuples} as tuples, ${m.flows} as flows, ${m.bytes} as bytes,
          count(distinct dport) as ports, min(time) as "firstTime", max(time) as "lastTime"
        from tuples where ${condition} group by side, address
      ) as addresses
    ) as ranked where place <= ${limit} order by place`
}

function piecesSql(column: Sql, condition: Sql, many: boolean): Sql {
  const { block, lone } = blockOf(column, many ? { ipv4: 1n << 8n, ipv6: 1n << 64n } : { ipv4: 1n, ipv6: 1n })
  return sql`select side, min(address) as low, max(address) as high, count(distinct address) as seen from (
      select action as side, ${column} as address, ${block} as block, ${lone} as lone from tuples where ${condition}
    ) as blocks group by side, block, lone`
}

/** Returns the addresses at one end of a rule's traffic, by action (its code as stored). `most` is the larger number of addresses of the two actions. */
export async function ruleEnds(
  store: Store,
  end: keyof typeof COLUMN,
  { condition, limit, most }: { condition: Sql; limit: number; most: number },
  signal?: AbortSignal,
): Promise<(action: number) => End> {
  const column = COLUMN[end]
  const [tops, pieces] = await Promise.all([
    store.query<Top>(topSql(column, condition, limit), signal),
    store.query<{ side: number; low: bigint; high: bigint; seen: number }>(piecesSql(column, condition, most > FEW), signal),
  ])
  return (action) => {
    const seen: SeenRange[] = pieces.filter(({ side }) => side === action).map(({ low, high, seen }) => ({ first: low, last: high, seen }))
    const { prefixes, exact } = coverAddresses(seen, PREFIXES)
    const count = (some: readonly SeenRange[]) => some.reduce((sum, piece) => sum + piece.seen, 0)
    return {
      total: count(seen),
      public: count(seen.filter(({ first }) => addressScope(first) === 'public')),
      rows: tops
        .filter(({ side }) => side === action)
        .map(({ side: _, address, firstTime, lastTime, ...sums }) => ({
          address: formatAddress(address),
          ...sums,
          first: instant(firstTime),
          last: instant(lastTime),
        })),
      cover: { prefixes: prefixes.map((prefix) => ({ prefix: formatCidr(prefix)!, seen: prefix.seen })), exact },
    }
  }
}
