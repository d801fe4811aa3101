import type { RulesAnswer } from '@/lib/flow/answers'
import { IN } from '@/lib/flow/tuple'
import type { View } from '@/lib/flow/view'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { NAMED_TUPLES } from './columns'
import { MEASURES } from './measures'
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

/** What each rule decided, per rule, ACL and direction; the busiest first. */
export async function rules(store: Store, view: View, { sources }: Scope, signal?: AbortSignal): Promise<Pick<RulesAnswer, 'rows'>> {
  const m = MEASURES
  const rows = await store.query<Omit<Row, 'kind' | 'dir' | 'first' | 'last'> & { way: number; firstTime: number; lastTime: number }>(
    sql`select group_rule as rule, group_acl as acl, dir as way, ${m.tuples} as tuples, ${m.flows} as flows, ${m.allow} as allow, ${m.deny} as deny,
        ${m.bytes} as bytes, ${m.packets} as packets, count(distinct src) as sources, count(distinct dst) as destinations,
        count(distinct dport) as ports, min(time) as "firstTime", max(time) as "lastTime"
      from ${NAMED_TUPLES} where ${where(view, sources)} group by group_rule, group_acl, dir
      order by tuples desc, group_rule, group_acl, dir`,
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
