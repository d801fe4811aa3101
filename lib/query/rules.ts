import type { RulesAnswer } from '@/lib/flow/answers'
import { ruleKind } from '@/lib/flow/rule-kind'
import { IN } from '@/lib/flow/tuple'
import type { View } from '@/lib/flow/view'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { COUNTS, counted } from './counted'
import type { Scope } from './scope'
import { where } from './where'
import { instant } from './words'

type Row = RulesAnswer['rows'][number]

type Counted = Omit<Row, 'kind' | 'dir' | 'first' | 'last'> & { way: number; firstTime: number; lastTime: number }

/**
 * What each rule decided, per rule, ACL and direction; the busiest first. Different values are counted exactly, in one pass and by the number of a rule:
 * engines tell pairs with a number apart many times faster than pairs with texts.
 */
export async function rules(store: Store, view: View, scope: Scope, signal?: AbortSignal): Promise<Pick<RulesAnswer, 'rows'>> {
  const c = COUNTS
  const rows = await store.query<Counted>(
    sql`with ruled as (
        select id as ruled_group, min(id) over (partition by rule, acl) as rule_id from groups
      ), sums as (
        select rule_id, dir, ${c.tuples} as tuples, ${c.flows} as flows, ${c.allow} as allow, ${c.deny} as deny, ${c.bytes} as bytes,
          ${c.packets} as packets, min(time) as first_time, max(last) as last_time
        from ${counted(view, scope.sources)} join ruled on ruled_group = grp group by rule_id, dir
      ), met as (
        select rule_id, dir, count(src) as sources, count(dst) as destinations, count(dport) as ports from (
          select rule_id, dir, src, dst, dport from tuples join ruled on ruled_group = grp where ${where(view, scope.sources)}
          group by grouping sets ((rule_id, dir, src), (rule_id, dir, dst), (rule_id, dir, dport))
        ) as pairs group by rule_id, dir
      )
      select rule, acl, sums.dir as way, tuples, flows, allow, deny, bytes, packets, sources, destinations, ports,
        first_time as "firstTime", last_time as "lastTime"
      from sums join groups on groups.id = sums.rule_id join met on met.rule_id = sums.rule_id and met.dir = sums.dir
      order by tuples desc, rule, acl, way`,
    signal,
  )
  return {
    rows: rows.map(({ way, firstTime, lastTime, ...row }) => ({
      ...row,
      kind: ruleKind(row.rule),
      dir: way === IN ? 'in' : 'out',
      first: instant(firstTime),
      last: instant(lastTime),
    })),
  }
}
