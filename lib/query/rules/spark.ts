import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import { bucketWidth, floorTo } from '@/lib/flow/time/bucket'
import { IN } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { COUNTS, counted } from '@/lib/query/where/counted'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { type RulesOptions, ruledGroups, ruleNames, rules } from './rules'

export interface RulesSparkOptions extends RulesOptions {
  /** Maximum number of buckets in the history of each rule; 0 for no history. */
  spark?: number
}

type Row = RulesAnswer['rows'][number]
type Spark = NonNullable<Row['spark']>

function keyOf({ rule, acl, dir, log = '' }: Pick<Row, 'rule' | 'acl' | 'dir' | 'log'>): string {
  return JSON.stringify([rule, acl.toLowerCase(), dir, log])
}

/** Returns the rules, each with its hits over the range if requested. */
export async function rulesWithSpark(
  store: Store,
  view: View,
  options: RulesSparkOptions,
  signal?: AbortSignal,
): Promise<Pick<RulesAnswer, 'rows' | 'bucketMs'>> {
  const { scope, per = 'acl', spark = 0 } = options
  if (spark === 0) return rules(store, view, options, signal)
  const width = bucketWidth(view.from, view.to, spark)
  const [answer, hits] = await Promise.all([
    rules(store, view, options, signal),
    store.query<{ rule: string; acl: string; way: number; log?: string; bucket: number; allow: number; deny: number }>(
      sql`select rule, acl_of_id as acl, way, bucket, allow, deny${per === 'log' ? sql`, log` : sql``} from (
          select rule_id, dir as way, time - time % ${width} as bucket, ${COUNTS.allow} as allow, ${COUNTS.deny} as deny
          from ${counted(view, scope, width)} join (${ruledGroups(per)}) as ruled on ruled_group = grp group by rule_id, way, bucket
        ) as hits join ${ruleNames(per)} on names_of = rule_id`,
      signal,
    ),
  ])
  const start = floorTo(view.from, width)
  const empty = () => new Array<number>(Math.ceil((view.to - start) / width)).fill(0)
  const sparks = new Map<string, Spark>(answer.rows.map((row) => [keyOf(row), { allow: empty(), deny: empty() }]))
  for (const { way, bucket, allow, deny, ...named } of hits) {
    const course = sparks.get(keyOf({ ...named, dir: way === IN ? 'in' : 'out' }))
    const at = (bucket - start) / width
    if (course) [course.allow[at], course.deny[at]] = [allow, deny]
  }
  return { bucketMs: width, rows: answer.rows.map((row) => ({ ...row, spark: sparks.get(keyOf(row))! })) }
}
