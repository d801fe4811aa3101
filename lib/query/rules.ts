import type { RulesAnswer } from '@/lib/flow/answers'
import { IN } from '@/lib/flow/tuple'
import type { View } from '@/lib/flow/view'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { COUNTS, counted } from './counted'
import type { Scope } from './scope'
import { where } from './where'
import { instant } from './words'

type Row = RulesAnswer['rows'][number]

/** Prefixes of rule names as Azure writes them; security admin rules have none. */
const KINDS: readonly [prefix: string, kind: Row['kind']][] = [
  ['UserRule', 'user'],
  ['DefaultRule', 'default'],
  ['PlatformRule', 'platform'],
  ['UnspecifiedPlatformRule', 'platform'],
]

function kindOf(rule: string): Row['kind'] {
  if (rule === 'unspecified') return 'unspecified'
  return KINDS.find(([prefix]) => rule.startsWith(prefix))?.[1] ?? 'admin'
}

type Counted = Omit<Row, 'kind' | 'dir' | 'first' | 'last'> & { way: number; firstTime: number; lastTime: number }

/** How many different values a rule met, exactly; engines count pairs with a number many times faster than with texts. */
function distinct(value: Sql, view: View, { sources }: Scope): Sql {
  return sql`select rule_id, dir, count(*) as amount from (
      select distinct rule_id, dir, ${value} as value from tuples join ruled on ruled_group = grp where ${where(view, sources)}
    ) as pairs group by rule_id, dir`
}

/** What each rule decided, per rule, ACL and direction; the busiest first. */
export async function rules(store: Store, view: View, scope: Scope, signal?: AbortSignal): Promise<Pick<RulesAnswer, 'rows'>> {
  const c = COUNTS
  const rows = await store.query<Counted>(
    sql`with ruled as (
        select id as ruled_group, min(id) over (partition by rule, acl) as rule_id from groups
      ), sums as (
        select rule_id, dir, ${c.tuples} as tuples, ${c.flows} as flows, ${c.allow} as allow, ${c.deny} as deny, ${c.bytes} as bytes,
          ${c.packets} as packets, min(time) as first_time, max(last) as last_time
        from ${counted(view, scope.sources)} join ruled on ruled_group = grp group by rule_id, dir
      ), sources as (${distinct(sql`src`, view, scope)}),
      destinations as (${distinct(sql`dst`, view, scope)}),
      ports as (${distinct(sql`dport`, view, scope)})
      select rule, acl, sums.dir as way, tuples, flows, allow, deny, bytes, packets, sources.amount as sources,
        destinations.amount as destinations, ports.amount as ports, first_time as "firstTime", last_time as "lastTime"
      from sums join groups on groups.id = sums.rule_id
        join sources on sources.rule_id = sums.rule_id and sources.dir = sums.dir
        join destinations on destinations.rule_id = sums.rule_id and destinations.dir = sums.dir
        join ports on ports.rule_id = sums.rule_id and ports.dir = sums.dir
      order by tuples desc, rule, acl, way`,
    signal,
  )
  return {
    rows: rows.map(({ way, firstTime, lastTime, ...row }) => ({
      ...row,
      kind: kindOf(row.rule),
      dir: way === IN ? 'in' : 'out',
      first: instant(firstTime),
      last: instant(lastTime),
    })),
  }
}
