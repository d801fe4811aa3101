import type { Column, Formula } from '@/lib/query/filter/formula'
import { join, Rows, Sql, type SqlList, sql } from '@/lib/store/sql'
import type { Written } from './listed'
import { either } from './logic'

/** More alternatives than this that differ in their values alone are looked up in a list. */
const FEW = 8
/** In how many ways they may stand in a row's columns: a pair of a port and an address of either end stands in four. */
const WAYS = 4

/** One value that a column has, or either of two. */
interface One {
  columns: readonly Column[]
  value: bigint
}

/** Alternatives that differ in their values alone: of each the columns, and the values in the order of the alternatives. */
interface Combined {
  columns: readonly (readonly Column[])[]
  rows: Rows
}

interface Apart {
  combined: readonly Combined[]
  rest: readonly Formula[]
}

const WIDE: ReadonlySet<Column> = new Set<Column>(['src', 'dst'])
/** What is no plain column of a tuple. */
const SUMS: ReadonlySet<Column> = new Set<Column>(['packets', 'bytes'])

function oneOf(formula: Formula): One | null {
  if (typeof formula !== 'object') return null
  if (formula.op === 'within') {
    const [only] = formula.ranges
    const isOne = formula.ranges.length === 1 && only!.first === only!.last && !SUMS.has(formula.column)
    return isOne ? { columns: [formula.column], value: only!.first } : null
  }
  if (formula.op !== 'or') return null
  const all = formula.of.map(oneOf)
  const [first] = all
  return first && all.every((one) => one?.value === first.value)
    ? { columns: all.flatMap((one) => one!.columns), value: first.value }
    : null
}

function onesOf(formula: Formula): One[] | null {
  if (typeof formula !== 'object' || formula.op !== 'and') return null
  const ones = formula.of.map(oneOf)
  if (ones.some((one) => one === null)) return null
  const found = ones as One[]
  const ways = found.reduce((product, { columns }) => product * columns.length, 1)
  return ways <= WAYS ? found.sort((a, b) => (a.columns.join() < b.columns.join() ? -1 : 1)) : null
}

const known = new WeakMap<readonly Formula[], Apart>()

/** Alternatives with those that differ in their values alone put together. */
function apart(alternatives: readonly Formula[]): Apart {
  const found = known.get(alternatives)
  if (found) return found
  const rest: Formula[] = []
  const byColumns = new Map<string, { formula: Formula; ones: One[] }[]>()
  for (const formula of alternatives) {
    const ones = onesOf(formula)
    if (ones === null) {
      rest.push(formula)
      continue
    }
    const key = ones.map(({ columns }) => columns.join()).join(' ')
    const same = byColumns.get(key)
    if (same) same.push({ formula, ones })
    else byColumns.set(key, [{ formula, ones }])
  }
  const combined: Combined[] = []
  for (const some of byColumns.values()) {
    if (some.length <= FEW) for (const { formula } of some) rest.push(formula)
    else {
      const columns = some[0]!.ones.map((one) => one.columns)
      const lists = columns.map((own, i): [string, SqlList] => {
        const values = some.map(({ ones }) => ones[i]!.value)
        return [`value${i}`, own.some((column) => WIDE.has(column)) ? values : values.map(Number)]
      })
      combined.push({ columns, rows: new Rows(Object.fromEntries(lists)) })
    }
  }
  const made = { combined, rest }
  known.set(alternatives, made)
  return made
}

/** Each way to take one column of each. */
function waysOf(columns: Combined['columns']): Column[][] {
  return columns.reduce<Column[][]>((ways, own) => ways.flatMap((way) => own.map((column) => [...way, column])), [[]])
}

/**
 * Alternatives such as `(dport:443 src:10.0.0.4) or (dport:22 src:10.0.0.5) or …`, looked up in one list for each way that a row's columns may hold them,
 * and the alternatives that are left. An engine plans hundreds of them for seconds.
 */
export function inCombinations(alternatives: readonly Formula[]): { written: Written | null; rest: readonly Formula[] } {
  const { combined, rest } = apart(alternatives)
  if (combined.length === 0) return { written: null, rest }
  const conditions = combined.flatMap(({ columns, rows }) =>
    waysOf(columns).map((way) => {
      const names = way.map((column) => Sql.of([column], []))
      return sql`(${join(names, ', ')}) in ${rows}`
    }),
  )
  return { written: { condition: either(conditions), comparisons: 0, lists: conditions.length }, rest }
}
