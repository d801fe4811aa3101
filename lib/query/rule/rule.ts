import type { RuleAnswer } from '@/lib/flow/answer/traffic/rule'
import { bucketWidth, floorTo } from '@/lib/flow/time/bucket'
import { ruleKind } from '@/lib/flow/tuple/rule-kind'
import { ALLOW, DENY, type Direction, IN, OUT } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { foldedAcl } from '@/lib/query/columns/acl'
import { NAMES } from '@/lib/query/columns/columns'
import { MEASURES } from '@/lib/query/columns/measures'
import { instant } from '@/lib/query/columns/words'
import type { Scoped } from '@/lib/query/where/scope'
import { where } from '@/lib/query/where/where'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { ruleEnds } from './ends'
import { rulePorts } from './ports'

export interface RuleOptions extends Scoped {
  /** Name of the rule as in the log; null stands for the empty name. */
  rule: string | null
  acl: string | null
  dir?: Direction
  /** Rows in each list. */
  limit?: number
  /** Maximum number of buckets of its history. */
  spark?: number
}

interface Side {
  side: number
  tuples: number
  flows: number
  bytes: number
  packets: number
  sources: number
  destinations: number
  firstTime: number
  lastTime: number
}

function sides(store: Store, condition: Sql, signal?: AbortSignal): Promise<Side[]> {
  const m = MEASURES
  return store.query<Side>(
    sql`select action as side, ${m.tuples} as tuples, ${m.flows} as flows, ${m.bytes} as bytes, ${m.packets} as packets,
        count(distinct src) as sources, count(distinct dst) as destinations, min(time) as "firstTime", max(time) as "lastTime"
      from tuples where ${condition} group by side`,
    signal,
  )
}

async function course(
  store: Store,
  { from, to }: View,
  condition: Sql,
  most: number,
  signal?: AbortSignal,
): Promise<Pick<RuleAnswer, 'bucketMs' | 'spark'>> {
  const width = bucketWidth(from, to, most)
  const start = floorTo(from, width)
  const empty = () => new Array<number>(Math.ceil((to - start) / width)).fill(0)
  const spark = { allow: empty(), deny: empty() }
  const rows = await store.query<{ bucket: number; allow: number; deny: number }>(
    sql`select time - time % ${width} as bucket, ${MEASURES.allow} as allow, ${MEASURES.deny} as deny
      from tuples where ${condition} group by bucket`,
    signal,
  )
  for (const { bucket, allow, deny } of rows) {
    const at = (bucket - start) / width
    ;[spark.allow[at], spark.deny[at]] = [allow, deny]
  }
  return { bucketMs: width, spark }
}

function logsOf(store: Store, condition: Sql, signal?: AbortSignal): Promise<RuleAnswer['logs']> {
  return store.query(
    sql`select group_log as log, sum(counted) as tuples from (select grp, count(*) as counted from tuples where ${condition} group by grp) as written
      join ${NAMES} on group_id = grp group by group_log order by tuples desc, group_log`,
    signal,
  )
}

/** Returns the traffic of the view that one rule of one ACL allowed and denied in one direction: times, sources, destinations and ports. */
export async function rule(
  store: Store,
  view: View,
  { scope, rule: name, acl, dir = 'in', limit = 8, spark = 60 }: RuleOptions,
  signal?: AbortSignal,
): Promise<Omit<RuleAnswer, 'view' | 'coverage'>> {
  const condition = sql`${where(view, scope)} and dir = ${dir === 'in' ? IN : OUT}
    and grp in (select id from groups where rule = ${name ?? ''} and ${foldedAcl(sql`acl`)} = ${foldedAcl(sql`${acl ?? ''}`)})`
  const found = await sides(store, condition, signal)
  const most = (end: 'sources' | 'destinations') => Math.max(0, ...found.map((side) => side[end]))
  const [from, to, ports, logs, hits] = await Promise.all([
    ruleEnds(store, 'sources', { condition, limit, most: most('sources') }, signal),
    ruleEnds(store, 'destinations', { condition, limit, most: most('destinations') }, signal),
    rulePorts(store, { condition, limit }, signal),
    logsOf(store, condition, signal),
    course(store, view, condition, spark, signal),
  ])
  const sideOf = (action: number): RuleAnswer['allow'] => {
    const sums = found.find(({ side }) => side === action)
    if (!sums) return null
    const { tuples, flows, bytes, packets, firstTime, lastTime } = sums
    return {
      ...{ tuples, flows, bytes, packets, first: instant(firstTime), last: instant(lastTime) },
      sources: from(action),
      destinations: to(action),
      ports: ports(action),
    }
  }
  return {
    ...{ rule: name ?? '', acl: acl ?? '', kind: ruleKind(name ?? ''), dir, logs, ...hits },
    allow: sideOf(ALLOW),
    deny: sideOf(DENY),
  }
}
