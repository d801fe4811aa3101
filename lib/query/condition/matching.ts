import type { Known } from '@/lib/context/known'
import { Problem } from '@/lib/flow/problem'
import type { Baseline } from '@/lib/flow/time/baseline'
import type { Filter } from '@/lib/flow/view/filter'
import type { Formula } from '@/lib/query/filter/formula'
import { keyOf, type Parted, parted } from '@/lib/query/filter/parts'
import { formulaOf } from '@/lib/query/filter/read'
import { Pending, type Sql, sql } from '@/lib/store/sql'
import { byClass, type ClassRow, classesSql } from './classes'
import { inCombinations, outOfCombinations } from './combined'
import { Cost } from './cost'
import { inContext } from './known/in-context'
import { asTests, byLookUp, countTests, endOfTests, type KnownTests, patternsOf } from './known/tests'
import { all, either } from './logic'
import { inAny, patternsIn } from './names'
import { isNovel } from './novelty'
import { fromScanners } from './scanner'
import { inRanges } from './within'

/** Maximum number of parts that depend only on groups and that the statement itself evaluates; with more, the groups are queried first. */
const PARTS = 4
/** Number of alternatives up to which the engine may see them. */
const FEW = 8

interface Read extends Parted {
  /** Number of names with wildcards in all parts. */
  patterns: number
  /** Query that evaluates the parts for all groups. */
  classes: Sql | null
  /** Conditions for rows whose group matches each part: the same objects in every statement, which then holds their lists once. */
  looked: readonly (() => Sql)[]
}

const readBefore = new WeakMap<Filter, Read>()

function read(filter: Filter): Read {
  const found = readBefore.get(filter)
  if (found) return found
  const { formula, parts } = parted(formulaOf(filter))
  const patterns = parts.reduce((sum, part) => sum + patternsIn(part), 0)
  const looked = parts.map((part) => {
    let condition: Sql | null = null
    return () => (condition ??= inAny([part]))
  })
  const made = { formula, parts, patterns, classes: parts.length > PARTS ? classesSql(parts) : null, looked }
  readBefore.set(filter, made)
  return made
}

function isSeveral(formula: Formula, op: 'and' | 'or'): boolean {
  return typeof formula === 'object' && formula.op === op
}

/** Hides a condition from DuckDB's optimizer, which compares all parts of a conjunction or disjunction with each other. */
function unseen(condition: Sql): Sql {
  return sql`case when ${condition} then true else false end`
}

/** `range` is the rows that the whole question is about, and `before` those of a baseline, for what is told from other tuples than a row itself. */
interface Asked {
  range: Sql
  before: (baseline: Baseline) => Sql
  context: Known
  /** Returns the condition of tests of context: the same object for equal tests, which are then looked up once. */
  told: (tests: KnownTests) => Sql
}

/** A formula whose parts of groups are written by `part`. */
function conditionOf(formula: Formula, { range, before, context, told }: Asked, cost: Cost, part: (number: number) => Sql): Sql {
  const write = (of: Formula): Sql => {
    if (typeof of === 'boolean') return of ? all([]) : either([])
    if (of.op === 'known') return known(of)
    if (of.op === 'and' || of.op === 'or') {
      const tests = asTests(of, context)
      if (tests !== null) return known(tests)
      return of.op === 'and' ? together(of.of) : alternatives(of.of)
    }
    if (of.op === 'within') return inRanges(of.column, of.ranges, cost, range)
    if (of.op === 'group') return part(of.part)
    if (of.op === 'named') throw new Error('Names are decided by groups')
    if (of.op === 'novelty') {
      cost.add({ lists: 1 })
      const condition = isNovel(of.novelty, before(of.novelty.baseline))
      return of.not ? sql`not ${condition}` : condition
    }
    cost.add({ lists: 2 })
    const condition = fromScanners(of.scanners, range)
    return of.not ? sql`not ${condition}` : condition
  }
  const known = (tests: KnownTests) => {
    cost.add({ lists: 1, comparisons: countTests(tests), patterns: patternsOf(tests) })
    return told(tests)
  }
  const put = ({ written, rest }: ReturnType<typeof inCombinations>, of: readonly Formula[]) => {
    if (written === null || !cost.affords(written)) return { conditions: [], left: of }
    cost.add(written)
    return { conditions: [written.condition], left: rest }
  }
  const alternatives = (of: readonly Formula[]): Sql => {
    const { conditions, left: apart } = put(inCombinations(of), of)
    const left = byLookUp('or', apart, context)
    const condition = either([...conditions, ...left.map(write)])
    return left.some((one) => isSeveral(one, 'and')) ? unseen(condition) : condition
  }
  const together = (of: readonly Formula[]): Sql => {
    const { conditions, left: apart } = put(outOfCombinations(of), of)
    const left = byLookUp('and', apart, context)
    const several = left.filter((one) => isSeveral(one, 'or'))
    const plain = left.filter((one) => !isSeveral(one, 'or'))
    const hidden = several.length > FEW ? [unseen(all(several.map(write)))] : several.map(write)
    return all([...plain.map(write), ...conditions, ...hidden])
  }
  return write(formula)
}

/**
 * Looks up each group part in a separate list.
 * @throws Problem `ask` if that costs too much
 */
function byLists({ formula, patterns, looked }: Read, asked: Asked): Sql {
  const cost = new Cost()
  cost.add({ patterns })
  return conditionOf(formula, asked, cost, (number) => {
    cost.add({ lists: 1 })
    return looked[number]!()
  })
}

/**
 * Writes the remaining filter for each group, using the results of `classes`.
 * @throws Problem `ask` or `limit` if that costs too much
 */
function byGroups({ formula, parts, patterns }: Read, rows: readonly ClassRow[], asked: Asked): Sql {
  const cost = new Cost()
  cost.add({ patterns })
  const never = () => {
    throw new Error('Groups were decided before')
  }
  return byClass({ formula, parts }, rows, cost, (left) => conditionOf(left, asked, cost, never))
}

/** Returns a function that makes one condition for equal tests. */
function tellingOnce({ context, range }: Pick<Asked, 'context' | 'range'>): Asked['told'] {
  const made = new Map<string, Sql>()
  return (tests) => {
    const key = keyOf(tests)
    const condition = made.get(key) ?? inContext(tests, endOfTests(tests), context, range)
    made.set(key, condition)
    return condition
  }
}

/** Returns a filter as a condition over `tuples` that is never null. */
export function matching(filter: Filter, about: Omit<Asked, 'told'>): Sql {
  const told = read(filter)
  const asked = { ...about, told: tellingOnce(about) }
  const { classes } = told
  if (classes === null) return byLists(told, asked)
  const pending = new Pending(async (query) => {
    const rows = await query<ClassRow>(classes)
    try {
      return byGroups(told, rows, asked)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return byLists(told, asked)
    }
  })
  return sql`${pending}`
}
