import { Problem } from '@/lib/flow/problem'
import type { Formula } from '@/lib/query/filter/formula'
import { keyOf, type Parted, rest } from '@/lib/query/filter/parts'
import { join, type Sql, sql } from '@/lib/store/sql'
import type { Cost } from './cost'
import { all, either } from './logic'
import { inAny, ofGroup, spelled } from './names'

/** Maximum number of groups that may be classified before a query. */
const MOST = 20_000
/** Number of groups in a class from which they are looked up in a list. */
const MANY = 100

export interface ClassRow {
  id: number
  /** A digit for each part, in order; 1 if the part holds. */
  holds: string
}

/** Selects the groups for which any of the parts holds, and which parts these are. */
export function classesSql(parts: readonly Formula[]): Sql {
  const holds = parts.map((part) => sql`case when ${ofGroup(part)} then '1' else '0' end`)
  return sql`select * from (select id, concat(${join(holds, ', ')}) as holds from ${spelled(parts)}) as told
    where holds <> ${'0'.repeat(parts.length)} order by id limit ${MOST + 1}`
}

/** Groups for which the same part of the filter remains. */
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

/** Finds the remaining filter of a row's group by binary search. */
function led(groups: readonly { id: number; left: Formula }[], write: (left: Formula) => Sql): Sql {
  const [only] = groups
  if (groups.length === 1) return all([sql`grp = ${only!.id}`, write(only!.left)])
  const middle = groups.length >> 1
  return sql`case when grp < ${groups[middle]!.id} then ${led(groups.slice(0, middle), write)} else ${led(groups.slice(middle), write)} end`
}

/**
 * Returns a filter whose group parts have been evaluated as a condition over `tuples`: the remaining filter of each group, which `write` converts to SQL. A
 * group that did not exist when `rows` were queried is treated as one for which no part holds.
 * @throws Problem `limit` if there are too many groups to distinguish
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
