import { formatCidr, IPV4_BASE, IPV4_LAST } from '@/lib/flow/address/address'
import { prefixOver } from '@/lib/flow/address/block'
import { scopeRanges } from '@/lib/flow/address/scope'
import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import { ruleKind } from '@/lib/flow/tuple/rule-kind'
import { IN } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { foldedAcl, oneSpelling } from '@/lib/query/columns/acl'
import { instant } from '@/lib/query/columns/words'
import { Cost } from '@/lib/query/condition/cost'
import { inRanges } from '@/lib/query/condition/within'
import { rangesOf } from '@/lib/query/filter/ranges'
import { COUNTS, counted } from '@/lib/query/where/counted'
import type { Scoped } from '@/lib/query/where/scope'
import { where } from '@/lib/query/where/where'
import { join, Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { MOST_RULES, refuseTooMany, tooManyRules } from './too-many'

type Row = RulesAnswer['rows'][number]

export interface RulesOptions extends Scoped {
  /** One row for each rule of an ACL, or for each rule in each flow log. */
  per?: 'acl' | 'log'
}

const ACL = foldedAcl(sql`acl`)

/** The columns of `groups` that, with the direction, identify a rule. */
const APART: Readonly<Record<'acl' | 'log', Sql>> = { acl: sql`rule, ${ACL}`, log: sql`rule, ${ACL}, log` }

/** Selects groups with the number of their rule: the lowest id among the groups with that rule. */
export function ruledGroups(per: 'acl' | 'log'): Sql {
  return sql`select id as ruled_group, acl as written, min(id) over (partition by ${APART[per]}) as rule_id from groups`
}

/** Selects the names of rules, to be joined by number; the ACL has the spelling of the group with that number. */
export function ruleNames(per: 'acl' | 'log'): Sql {
  return sql`(select id as names_of, rule, acl as acl_of_id${per === 'log' ? sql`, log` : sql``} from groups) as names`
}

type Bounds<End extends 'src' | 'dst'> = Record<`${End}_${'low' | 'high'}${4 | 6}`, bigint | null>

type Counted = Omit<Row, 'kind' | 'dir' | 'first' | 'last' | 'sourceCover' | 'destinationCover'> &
  Bounds<'src'> &
  Bounds<'dst'> & { way: number; firstTime: number; lastTime: number }

/** Returns the lowest and the highest address at an end, for each family; null if it has none. */
function bounds(end: 'src' | 'dst'): Sql {
  const column = Sql.of([end], [])
  const old = sql`${column} between ${IPV4_BASE} and ${IPV4_LAST}`
  const one = (of: Sql, holds: Sql, name: string) => sql`${of}(case when ${holds} then ${column} end) as ${Sql.of([`${end}_${name}`], [])}`
  const [low, high] = [sql`min`, sql`max`]
  return join(
    [one(low, old, 'low4'), one(high, old, 'high4'), one(low, sql`not (${old})`, 'low6'), one(high, sql`not (${old})`, 'high6')],
    ', ',
  )
}

function isPublic(end: 'src' | 'dst'): Sql {
  return inRanges(end, rangesOf(scopeRanges('public')), new Cost())
}

function coverOf(...families: readonly [low: bigint | null, high: bigint | null][]): string[] {
  return families.flatMap(([low, high]) => (low === null || high === null ? [] : [formatCidr(prefixOver(BigInt(low), BigInt(high)))!]))
}

/**
 * Returns the traffic of each rule, by rule, ACL and direction, and by flow log if requested; the busiest first. Distinct values are counted exactly, in one
 * pass and by the number of a rule: engines distinguish pairs with a number many times faster than pairs with texts.
 * @throws Problem `limit` if there are more than MOST_RULES
 */
export async function rules(
  store: Store,
  view: View,
  { scope, per = 'acl' }: RulesOptions,
  signal?: AbortSignal,
): Promise<Pick<RulesAnswer, 'rows'>> {
  await refuseTooMany(store, view, scope, signal)
  const c = COUNTS
  const rows = await store.query<Counted>(
    sql`with ruled as (
        ${ruledGroups(per)}
      ), sums as (
        select rule_id, dir, ${c.tuples} as tuples, ${c.flows} as flows, ${c.allow} as allow, ${c.deny} as deny, ${c.bytes} as bytes,
          ${c.packets} as packets, min(time) as first_time, max(last) as last_time,
          max(written) as acl
        from ${counted(view, scope)} join ruled on ruled_group = grp group by rule_id, dir
      ), met as (
        select rule_id, dir, count(src) as sources, count(dst) as destinations, count(dport) as ports,
          count(case when ${isPublic('src')} then src end) as public_sources, count(case when ${isPublic('dst')} then dst end) as public_destinations,
          ${bounds('src')}, ${bounds('dst')} from (
          select rule_id, dir, src, dst, dport from tuples join ruled on ruled_group = grp where ${where(view, scope)}
          group by grouping sets ((rule_id, dir, src), (rule_id, dir, dst), (rule_id, dir, dport))
        ) as pairs group by rule_id, dir
      )
      select rule, acl${per === 'log' ? sql`, log` : sql``}, sums.dir as way, tuples, flows, allow, deny, bytes, packets, sources, destinations, ports,
        public_sources as "publicSources", public_destinations as "publicDestinations", src_low4, src_high4, src_low6, src_high6,
        dst_low4, dst_high4, dst_low6, dst_high6, first_time as "firstTime", last_time as "lastTime"
      from sums join ${ruleNames(per)} on names_of = sums.rule_id join met on met.rule_id = sums.rule_id and met.dir = sums.dir
      order by tuples desc, rule, ${ACL}, way${per === 'log' ? sql`, log` : sql``} limit ${MOST_RULES + 1}`,
    signal,
  )
  if (rows.length > MOST_RULES) throw tooManyRules()
  const spell = oneSpelling(rows.map(({ acl }) => acl))
  return {
    rows: rows.map(
      ({ way, firstTime, lastTime, src_low4, src_high4, src_low6, src_high6, dst_low4, dst_high4, dst_low6, dst_high6, ...row }) => ({
        ...row,
        sourceCover: coverOf([src_low4, src_high4], [src_low6, src_high6]),
        destinationCover: coverOf([dst_low4, dst_high4], [dst_low6, dst_high6]),
        acl: spell(row.acl),
        kind: ruleKind(row.rule),
        dir: way === IN ? 'in' : 'out',
        first: instant(firstTime),
        last: instant(lastTime),
      }),
    ),
  }
}
