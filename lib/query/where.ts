import { floorTo, HOUR } from '@/lib/flow/bucket'
import { PROTOCOL_WORDS } from '@/lib/flow/fields'
import type { Filter, Test } from '@/lib/flow/filter'
import { ALLOW, DENY, FORMATS, IN, OUT, PROTO_OTHER, STATE_OTHER, STATES } from '@/lib/flow/tuple'
import { FLUSH_LAG, type View } from '@/lib/flow/view'
import { join, type Sql, sql } from '@/lib/store/sql'
import { COLUMNS, ENDS, SPELLINGS } from './columns'
import { unrepeated } from './once'
import { fromScanner } from './scanner'
import type { Scope } from './scope'

type Match = Extract<Filter, { op: 'match' }>

const NEVER = sql`1 = 0`
const ALWAYS = sql`1 = 1`

/** Characters that `like` reads as more than themselves, and stand-ins that no name holds: engines do not agree on how to escape them. */
const SPECIAL = '%_\\'
const STAND_INS = '\u0001\u0002\u0003'

function either(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? NEVER : sql`(${join(conditions, ' or ')})`
}

function all(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? ALWAYS : sql`(${join(conditions, ' and ')})`
}

function list(values: readonly string[]): Sql {
  return join(
    values.map((value) => sql`${value}`),
    ', ',
  )
}

/** A condition over `groups` as one over `tuples`; neither is ever null. */
function inGroups(condition: Sql): Sql {
  return sql`grp in (select id from groups where ${condition})`
}

function between(column: Sql, first: number | bigint, last: number | bigint): Sql {
  return first === last ? sql`${column} = ${first}` : sql`${column} between ${first} and ${last}`
}

function named(column: Sql, parts: readonly string[]): Sql {
  if (parts.length === 1) return sql`lower(${column}) = lower(${parts[0]!})`
  const pattern = parts.map((part) => part.replace(/[%_\\]/g, (character) => STAND_INS[SPECIAL.indexOf(character)]!)).join('%')
  return sql`translate(lower(${column}), ${SPECIAL}, ${STAND_INS}) like lower(${pattern})`
}

/** A word that may also be a token which the group keeps as written. */
function wordOrToken(column: Sql, code: number | undefined, other: number, token: Sql, word: string): Sql {
  const verbatim = sql`(${column} = ${other} and ${inGroups(sql`lower(${token}) = lower(${word})`)})`
  return code === undefined ? verbatim : sql`(${column} = ${code} or ${verbatim})`
}

function compileWord(field: Match['field'], word: string): Sql {
  if (field === 'action') return sql`action = ${word === 'deny' ? DENY : ALLOW}`
  if (field === 'dir') return sql`dir = ${word === 'in' ? IN : OUT}`
  if (field === 'format')
    return inGroups(sql`format in (${list(FORMATS.filter((format) => format === word || format.startsWith(`${word}-`)))})`)
  if (field === 'proto') return wordOrToken(sql`proto`, PROTOCOL_WORDS.get(word), PROTO_OTHER, sql`proto`, word)
  const code = STATES.findIndex((known) => known === word && known !== 'other')
  return wordOrToken(sql`state`, code < 0 ? undefined : code, STATE_OTHER, sql`state`, word)
}

function compileTest(field: Match['field'], test: Test, range: Sql): Sql {
  if (test.kind === 'word') return compileWord(field, test.word)
  if (test.kind === 'name') {
    const columns: readonly Sql[] = SPELLINGS[field as keyof typeof SPELLINGS]
    return inGroups(either(columns.map((column) => named(column, test.parts))))
  }
  if (test.kind === 'scanner') return fromScanner(test.scanner, range)
  if (field === 'proto') return between(sql`proto`, test.first, test.last)
  const fields = field === 'ip' || field === 'port' ? ENDS[field] : [field as keyof typeof COLUMNS]
  return either(fields.map((name) => between(COLUMNS[name].value, test.first, test.last)))
}

/**
 * A filter as a condition over `tuples` that is true or false and never null. `range` is the rows that the whole question is about, for what is told
 * from other tuples than a row itself.
 */
export function matching(filter: Filter, range: Sql): Sql {
  if (filter.op === 'not') return sql`not ${matching(filter.of, range)}`
  if (filter.op === 'match') return either(filter.tests.map((test) => compileTest(filter.field, test, range)))
  const parts = filter.of.map((part) => matching(part, range))
  return filter.op === 'and' ? all(parts) : either(parts)
}

/**
 * The rows of blobs that a range needs, whatever else happens to be stored: the answer is the same before and after a neighbouring range is read.
 * Of the hour after the range that is what was flushed within FLUSH_LAG. Loose files (hour -1) always count.
 */
function blobsOf(from: number, to: number): Sql {
  const late = to + FLUSH_LAG
  return sql`(hour < 0 or (hour >= ${floorTo(from, HOUR)} and (hour < ${to} or (hour < ${late} and record_time < ${late}))))`
}

/** What a view may rest on whatever its times, as conditions over a table with `grp` and `blob`. */
export function ofView(view: View, scope: Scope): Sql[] {
  const conditions = scope.condition === null ? [] : [scope.condition]
  if (view.logs.length > 0) conditions.push(inGroups(sql`log in (${list(view.logs)})`))
  return conditions
}

/** The rows that a view is about, but for its filter and `once`. */
export function inRange(view: View, scope: Scope): Sql {
  const conditions = [sql`time >= ${view.from}`, sql`time < ${view.to}`, blobsOf(view.from, view.to)]
  if (view.asof !== null) conditions.push(sql`record_time <= ${view.asof}`)
  return all([...conditions, ...ofView(view, scope)])
}

/**
 * The rows that a view is about, as a condition over `tuples` that is true or false and never null. What is told from the range whatever the filter
 * says is told whatever `once` says.
 */
export function where(view: View, scope: Scope): Sql {
  const range = inRange(view, scope)
  const rows = view.filter ? sql`${range} and ${matching(view.filter, range)}` : range
  return view.once ? sql`${rows} and ${unrepeated(rows)}` : rows
}
