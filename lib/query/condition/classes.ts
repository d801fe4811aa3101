import { Problem } from '@/lib/flow/problem'
import type { Formula } from '@/lib/query/filter/formula'
import { keyOf, type Parted, rest } from '@/lib/query/filter/parts'
import { join, type Sql, sql } from '@/lib/store/sql'
import type { Cost } from './cost'
import { all, either } from './logic'
import { inAny, ofGroup, spelled } from './names'

/** Groups that may be told apart before a question. */
const MOST = 20_000
/** From so many groups on, those of one class are looked up in a list. */
const MANY = 100

export interface ClassRow {
  id: number
  /** 1 where a part holds, in the order of the parts. */
  holds: string
}

/** Groups for which any of the parts holds, with those that do. */
export function classesSql(parts: readonly Formula[]): Sql {
  const holds = parts.map((part) => sql`case when ${ofGroup(part)} then '1' else '0' end`)
  return sql`select * from (select id, concat(${join(holds, ', ')}) as holds from ${spelled(parts)}) as told
    where holds <> ${'0'.repeat(parts.length)} order by id limit ${MOST + 1}`
}

/** Groups of which the same is left of the filter. */
interface Class {
  ids: number[]
  left: Formula
}

function classesOf(formula: Formula, rows: readonly ClassRow[]): Class[] {
  const byHolds = new Map<string, number[]>()
  for (const { id, holds } of rows) {
    const ids = byHolds.get(holds)
    if (ids) ids.push(id)
    else byHolds.set(holds, [id])
  }
  const classes = new Map<string, Class>()
  for (const [holds, ids] of byHolds) {
    const left = rest(formula, (part) => holds[part] === '1')
    const key = keyOf(left)
    const same = classes.get(key)
    if (same) for (const id of ids) same.ids.push(id)
    else if (left !== false) classes.set(key, { ids: [...ids], left })
  }
  return [...classes.values()]
}

/** Leads a row to what is left for its group, by halves. */
function led(groups: readonly { id: number; left: Formula }[], write: (left: Formula) => Sql): Sql {
  const [only] = groups
  if (groups.length === 1) return all([sql`grp = ${only!.id}`, write(only!.left)])
  const middle = groups.length >> 1
  return sql`case when grp < ${groups[middle]!.id} then ${led(groups.slice(0, middle), write)} else ${led(groups.slice(middle), write)} end`
}

/**
 * A filter whose parts of groups are told, as a condition over `tuples`: what is left of it for each group, which `write` makes SQL. A group that nobody
 * knew when `rows` were asked for counts as one for which no part holds, if that is so.
 * @throws Problem `limit` where too many groups have to be told apart
 */
export function byClass({ formula, parts }: Parted, rows: readonly ClassRow[], cost: Cost, write: (left: Formula) => Sql): Sql {
  if (rows.length > MOST)
    throw new Problem(
      'limit',
      `Filter: more than ${MOST} rules, ACLs and NICs match its names, which stand between other terms; expected fewer names`,
      {
        key: 'q',
      },
    )
  const classes = classesOf(formula, rows)
  const many = classes.filter(({ ids }) => ids.length >= MANY)
  const single = classes.filter(({ ids }) => ids.length < MANY).flatMap(({ ids, left }) => ids.map((id) => ({ id, left })))
  cost.add({ comparisons: single.length, lists: many.length + 1 })
  const others = rest(formula, () => false)
  const conditions = many.map(({ ids, left }) => all([sql`grp in ${ids}`, write(left)]))
  if (single.length > 0)
    conditions.push(
      led(
        single.sort((a, b) => a.id - b.id),
        write,
      ),
    )
  if (others !== false) conditions.push(all([sql`not ${inAny(parts)}`, write(others)]))
  return sql`case when ${either(conditions)} then true else false end`
}
