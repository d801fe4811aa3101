import { DOMAINS, type Formula, type RowColumn } from '@/lib/query/filter/formula'
import { complement, type IntegerRanges } from '@/lib/query/filter/ranges'
import { BoundRows, join, Sql, type SqlList, sql } from '@/lib/store/sql'
import type { Written } from './listed'
import { either } from './logic'

/** Maximum number of alternatives, differing only in values, that are written out; more are looked up in a list. */
const FEW = 8
/** Maximum number of ways in which the values may be distributed over a row's columns: a port and an address, each of either end, have four. */
const WAYS = 4

/** One value that a column must have, or either of two columns. `key` is equal for equal columns. */
interface One {
  columns: readonly RowColumn[]
  key: string
  value: bigint
}

/** Alternatives that differ only in values: the columns of each condition, and the values in the order of the alternatives. */
interface Combined {
  columns: readonly (readonly RowColumn[])[]
  rows: BoundRows
}

interface Apart {
  combined: readonly Combined[]
  rest: readonly Formula[]
}

const WIDE: ReadonlySet<RowColumn> = new Set<RowColumn>(['src', 'dst'])
/** Columns that are not plain columns of a tuple. */
const SUMS: ReadonlySet<RowColumn> = new Set<RowColumn>(['packets', 'bytes'])

/** The same list for each use of a column. */
const SINGLE = new Map<RowColumn, readonly RowColumn[]>((Object.keys(DOMAINS) as RowColumn[]).map((column) => [column, [column]]))

/** The reading of formulas: as written, or negated, which swaps `and` and `or` and takes the complement of ranges. */
interface Reading {
  both: 'and' | 'or'
  either: 'and' | 'or'
  ranges: (within: Extract<Formula, { op: 'within' }>) => IntegerRanges
}

const PLAIN: Reading = { both: 'and', either: 'or', ranges: ({ ranges }) => ranges }
const NEGATED: Reading = {
  both: 'or',
  either: 'and',
  // The complement of one value has at most two ranges.
  ranges: ({ column, ranges }) => (ranges.length > 2 ? [] : complement(ranges, DOMAINS[column])),
}

function oneOf(formula: Formula, reading: Reading): One | null {
  if (typeof formula !== 'object') return null
  if (formula.op === 'within') {
    if (SUMS.has(formula.column)) return null
    const ranges = reading.ranges(formula)
    const [only] = ranges
    return ranges.length === 1 && only!.first === only!.last
      ? { columns: SINGLE.get(formula.column)!, key: formula.column, value: only!.first }
      : null
  }
  if (formula.op !== reading.either) return null
  const columns: RowColumn[] = []
  let value: bigint | null = null
  for (const part of formula.of) {
    const one = oneOf(part, reading)
    if (one === null || (value !== null && value !== one.value)) return null
    value = one.value
    columns.push(...one.columns)
  }
  return value === null ? null : { columns, key: columns.join(), value }
}

function onesOf(formula: Formula, reading: Reading): One[] | null {
  if (typeof formula !== 'object' || formula.op !== reading.both) return null
  const found: One[] = []
  let ways = 1
  for (const part of formula.of) {
    const one = oneOf(part, reading)
    if (one === null) return null
    ways *= one.columns.length
    if (ways > WAYS) return null
    found.push(one)
  }
  return found.sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** Alternatives with the same columns: each formula, and its value for each condition. */
interface Alike {
  columns: Combined['columns']
  formulas: Formula[]
  values: bigint[][]
}

const known = new WeakMap<readonly Formula[], Apart>()

/** Groups the alternatives that differ only in values. */
function apart(alternatives: readonly Formula[], reading: Reading): Apart {
  const found = known.get(alternatives)
  if (found) return found
  const rest: Formula[] = []
  const byColumns = new Map<string, Alike>()
  for (const formula of alternatives) {
    const ones = onesOf(formula, reading)
    if (ones === null) {
      rest.push(formula)
      continue
    }
    let key = ''
    for (const one of ones) key += `${one.key} `
    let alike = byColumns.get(key)
    if (alike === undefined) {
      alike = { columns: ones.map(({ columns }) => columns), formulas: [], values: ones.map(() => []) }
      byColumns.set(key, alike)
    }
    alike.formulas.push(formula)
    for (let i = 0; i < ones.length; i++) alike.values[i]!.push(ones[i]!.value)
  }
  const combined: Combined[] = []
  for (const { columns, formulas, values } of byColumns.values()) {
    if (formulas.length <= FEW) for (const formula of formulas) rest.push(formula)
    else {
      const lists = columns.map((own, i): [string, SqlList] => [
        `value${i}`,
        own.some((column) => WIDE.has(column)) ? values[i]! : values[i]!.map(Number),
      ])
      combined.push({ columns, rows: new BoundRows(Object.fromEntries(lists)) })
    }
  }
  const made = { combined, rest }
  known.set(alternatives, made)
  return made
}

/** Returns each way to choose one column for each condition. */
function waysOf(columns: Combined['columns']): RowColumn[][] {
  return columns.reduce<RowColumn[][]>((ways, own) => ways.flatMap((way) => own.map((column) => [...way, column])), [[]])
}

function listed(parts: readonly Formula[], reading: Reading): { written: Written | null; rest: readonly Formula[] } {
  const { combined, rest } = apart(parts, reading)
  if (combined.length === 0) return { written: null, rest }
  const conditions = combined.flatMap(({ columns, rows }) =>
    waysOf(columns).map((way) => {
      const names = way.map((column) => Sql.of([column], []))
      return sql`(${join(names, ', ')}) in ${rows}`
    }),
  )
  return { written: { condition: either(conditions), comparisons: 0, lists: conditions.length }, rest }
}

/**
 * Looks up alternatives such as `(dport:443 src:10.0.0.4) or (dport:22 src:10.0.0.5) or …` in one list for each way in which a row's columns may hold the
 * values, because an engine takes seconds to plan hundreds of alternatives. Returns the condition, and the remaining alternatives.
 */
export function inCombinations(alternatives: readonly Formula[]): { written: Written | null; rest: readonly Formula[] } {
  return listed(alternatives, PLAIN)
}

/** The same for exclusions such as `-(dport:443 src:10.0.0.4) -(dport:22 src:10.0.0.5) …`. The condition holds for rows that are not excluded. */
export function outOfCombinations(parts: readonly Formula[]): { written: Written | null; rest: readonly Formula[] } {
  const { written, rest } = listed(parts, NEGATED)
  return { written: written && { ...written, condition: sql`not ${written.condition}` }, rest }
}
