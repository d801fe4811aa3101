import type { Known } from '@/lib/context/known'
import type { Filter } from '@/lib/flow/filter'
import { Problem } from '@/lib/flow/problem'
import type { Formula } from '@/lib/query/filter/formula'
import { type Parted, parted } from '@/lib/query/filter/parts'
import { formulaOf } from '@/lib/query/filter/read'
import { Pending, type Sql, sql } from '@/lib/store/sql'
import { byClass, type ClassRow, classesSql } from './classes'
import { inCombinations } from './combined'
import { Cost } from './cost'
import { isKnown } from './known'
import { all, either } from './logic'
import { inAny, patternsIn } from './names'
import { fromScanners } from './scanner'
import { inRanges } from './within'

/** Parts that groups alone decide, and that a statement asks for itself; of more, the groups are asked for first. */
const PARTS = 4

interface Read extends Parted {
  /** Names with wildcards in all parts. */
  patterns: number
  /** Asks which groups are told by which parts. */
  classes: Sql | null
}

const known = new WeakMap<Filter, Read>()

function read(filter: Filter): Read {
  const found = known.get(filter)
  if (found) return found
  const { formula, parts } = parted(formulaOf(filter))
  const patterns = parts.reduce((sum, part) => sum + patternsIn(part), 0)
  const made = { formula, parts, patterns, classes: parts.length > PARTS ? classesSql(parts) : null }
  known.set(filter, made)
  return made
}

function isSeveral(formula: Formula): boolean {
  return typeof formula === 'object' && formula.op === 'and'
}

/** `range` is the rows that the whole question is about, for what is told from other tuples than a row itself. */
interface Asked {
  range: Sql
  context: Known
}

/** A formula whose parts of groups are written by `part`. */
function conditionOf(formula: Formula, { range, context }: Asked, cost: Cost, part: (number: number) => Sql): Sql {
  const write = (of: Formula): Sql => {
    if (typeof of === 'boolean') return of ? all([]) : either([])
    if (of.op === 'and') return all(of.of.map(write))
    if (of.op === 'or') return alternatives(of.of)
    if (of.op === 'within') return inRanges(of.column, of.ranges, cost, range)
    if (of.op === 'group') return part(of.part)
    if (of.op === 'named') throw new Error('Names are told by groups')
    if (of.op === 'known') {
      cost.add({ lists: 1 })
      return isKnown(of, context, range)
    }
    cost.add({ lists: 2 })
    const condition = fromScanners(of.scanners, range)
    return of.not ? sql`not ${condition}` : condition
  }
  const alternatives = (of: readonly Formula[]): Sql => {
    const { written, rest } = inCombinations(of)
    const listed = written !== null && cost.affords(written) ? written : null
    if (listed) cost.add(listed)
    const left = listed ? rest : of
    const condition = either([...(listed ? [listed.condition] : []), ...left.map(write)])
    // DuckDB compares all alternatives with each other, unless they stand where it does not look.
    return left.some(isSeveral) ? sql`case when ${condition} then true else false end` : condition
  }
  return write(formula)
}

/** Looks up each part of groups in a list of its own. @throws Problem `ask` where that costs too much */
function byLists({ formula, parts, patterns }: Read, asked: Asked): Sql {
  const cost = new Cost()
  cost.add({ patterns })
  return conditionOf(formula, asked, cost, (number) => {
    cost.add({ lists: 1 })
    return inAny([parts[number]!])
  })
}

/** Leads each group to what is left of the filter for it, with what `classes` told. @throws Problem `ask` or `limit` where that costs too much */
function byGroups({ formula, parts, patterns }: Read, rows: readonly ClassRow[], asked: Asked): Sql {
  const cost = new Cost()
  cost.add({ patterns })
  const never = () => {
    throw new Error('Groups are told already')
  }
  return byClass({ formula, parts }, rows, cost, (left) => conditionOf(left, asked, cost, never))
}

/** A filter as a condition over `tuples` that is true or false and never null. */
export function matching(filter: Filter, asked: Asked): Sql {
  const told = read(filter)
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
