import { SPELLINGS } from '@/lib/query/columns/columns'
import { type Formula, type GroupField, joined, type Names } from '@/lib/query/filter/formula'
import { join, Shared, Sql, sql } from '@/lib/store/sql'
import { all, either } from './logic'

/** Characters that `like` reads as more than themselves, and stand-ins that no name holds: engines do not agree on how to escape them. */
const SPECIAL = '%_\\'
const STAND_INS = '\u0001\u0002\u0003'
/** More names than this are looked up in a list. */
const FEW = 4

/** A condition over `groups` as one over `tuples`; neither is ever null. */
export function inGroups(condition: Sql): Sql {
  return sql`grp in ${new Shared(sql`select id from groups where ${condition}`)}`
}

/** The spellings of a field's names in lower case: as they are, and with the stand-ins. */
function columnsOf(field: GroupField): { plain: Sql; safe: Sql; select: Sql }[] {
  return SPELLINGS[field].map((spelling, i) => {
    const [plain, safe] = [Sql.of([`${field}_${i}`], []), Sql.of([`${field}_${i}_safe`], [])]
    return { plain, safe, select: sql`lower(${spelling}) as ${plain}, translate(lower(${spelling}), ${SPECIAL}, ${STAND_INS}) as ${safe}` }
  })
}

/** A text in lower case. What is not ASCII is left to the engine, which has the names in its own lower case. */
function lower(text: string): Sql {
  return /^[\0-\x7f]*$/.test(text) ? sql`${text.toLowerCase()}` : sql`lower(${text})`
}

function like(column: Sql, parts: readonly string[]): Sql {
  const pattern = parts.map((part) => part.replace(/[%_\\]/g, (character) => STAND_INS[SPECIAL.indexOf(character)]!)).join('%')
  return sql`${column} like ${lower(pattern)}`
}

function named(field: GroupField, names: Names): Sql {
  const exact = names.filter((parts) => parts.length === 1).map(([name]) => name!)
  const patterns = names.filter((parts) => parts.length > 1)
  return either(
    columnsOf(field).flatMap(({ plain, safe }) => [
      ...(exact.length > FEW ? [sql`${plain} in ${exact}`] : exact.map((name) => sql`${plain} = ${lower(name)}`)),
      ...patterns.map((parts) => like(safe, parts)),
    ]),
  )
}

/** What is told by a group alone as a condition over `spelled` that is never null. */
export function ofGroup(formula: Formula): Sql {
  if (typeof formula === 'boolean') return formula ? all([]) : either([])
  if (formula.op === 'and') return all(formula.of.map(ofGroup))
  if (formula.op === 'or') return either(formula.of.map(ofGroup))
  if (formula.op !== 'named') throw new Error(`${formula.op} is not told by a group alone`)
  const condition = named(formula.field, formula.names)
  return formula.not ? sql`not ${condition}` : condition
}

function fieldsOf(formula: Formula): GroupField[] {
  if (typeof formula === 'boolean') return []
  if (formula.op === 'and' || formula.op === 'or') return formula.of.flatMap(fieldsOf)
  return formula.op === 'named' ? [formula.field] : []
}

/** How many names with wildcards it compares a group with. */
export function patternsIn(formula: Formula): number {
  if (typeof formula === 'boolean') return 0
  if (formula.op === 'and' || formula.op === 'or') return formula.of.reduce((sum, one) => sum + patternsIn(one), 0)
  return formula.op === 'named' ? formula.names.filter((parts) => parts.length > 1).length : 0
}

/** `id` of every group with the names that these formulas are about, spelled once for however many of them there are. */
export function spelled(formulas: readonly Formula[]): Sql {
  const fields = [...new Set(formulas.flatMap(fieldsOf))].sort()
  const columns = fields.flatMap((field) => columnsOf(field).map(({ select }) => select))
  return sql`${new Shared(sql`select ${join([sql`id`, ...columns], ', ')} from groups`)} as spelled`
}

/** Rows for whose group any of these formulas holds, all of them told by groups alone. */
export function inAny(formulas: readonly Formula[]): Sql {
  return sql`grp in ${new Shared(sql`select id from ${spelled(formulas)}
    where case when ${ofGroup(joined('or', formulas))} then true else false end`)}`
}
