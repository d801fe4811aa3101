import { Problem } from '@/lib/flow/problem'
import type { View } from '@/lib/flow/view/view'
import { foldedAcl } from '@/lib/query/columns/acl'
import type { Scope } from '@/lib/query/where/scope'
import { where } from '@/lib/query/where/where'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

/** Maximum number of rows in an answer, because a log may contain any number of rules. */
export const MOST_RULES = 10_000
/**
 * The rules of a view are estimated once so many groups are stored. The estimate is wrong by a few in a hundred: with more than `rules`, there are certainly too
 * many.
 */
const CERTAIN = { groups: 100_000, rules: 2 * MOST_RULES }

export function tooManyRules(): Problem {
  return new Problem('limit', `View has more than ${MOST_RULES} rules: narrow it by a filter, or list its talkers by rule`)
}

/**
 * Refuses a view that certainly has too many rules before they are listed: bringing the names of a million rules together takes more memory than a small
 * container has, estimating their number takes hardly any.
 * @throws Problem `limit`
 */
export async function refuseTooMany(store: Store, view: View, scope: Scope, signal?: AbortSignal, certain = CERTAIN): Promise<void> {
  const [stored] = await store.query<{ groups: number }>(sql`select count(*) as groups from groups`, signal)
  if (stored!.groups < certain.groups) return
  const [seen] = await store.query<{ rules: number }>(
    sql`select approx_count_distinct(concat(rule, ' ', ${foldedAcl(sql`acl`)})) as rules from groups
      where id in (select grp from tuples where ${where(view, scope)})`,
    signal,
  )
  if (seen!.rules > certain.rules) throw tooManyRules()
}
