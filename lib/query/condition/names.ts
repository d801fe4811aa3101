import { SPELLINGS } from '@/lib/query/columns/columns'
import { type Formula, type GroupField, joined, type NamePatterns } from '@/lib/query/filter/formula'
import { Holding, join, SharedRows, Sql, sql } from '@/lib/store/sql'
import { all, either } from './logic'

/** Special characters of `like`, and replacements for them that no name contains, because engines disagree about escaping. */
const SPECIAL = '%_\\'
const STAND_INS = '\u0001\u0002\u0003'
/** Maximum number of names that are compared one by one, and of words that are tested one by one. */
const FEW = 4

/** Returns a condition over `groups` as one over `tuples`; neither is ever null. */
export function inGroups(condition: Sql): Sql {
  return sql`grp in ${new SharedRows(sql`select id from groups where ${condition}`)}`
}

/** The spellings of a field's names in lower case: unchanged, and with the replacements. */
function columnsOf(field: GroupField): { plain: Sql; safe: Sql; select: Sql }[] {
  return SPELLINGS[field].map((spelling, i) => {
    const [plain, safe] = [Sql.of([`${field}_${i}`], []), Sql.of([`${field}_${i}_safe`], [])]
    return { plain, safe, select: sql`lower(${spelling}) as ${plain}, translate(lower(${spelling}), ${SPECIAL}, ${STAND_INS}) as ${safe}` }
  })
}

/** Converts a text to lower case. Non-ASCII texts are left to the engine, whose own conversion was applied to the names. */
function lower(text: string): Sql {
  return isAscii(text) ? sql`${text.toLowerCase()}` : sql`lower(${text})`
}

function like(column: Sql, parts: readonly string[]): Sql {
  const pattern = parts.map((part) => part.replace(/[%_\\]/g, (character) => STAND_INS[SPECIAL.indexOf(character)]!)).join('%')
  return sql`${column} like ${lower(pattern)}`
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text)
}

/** Returns the word of `*word*` in lower case if it is ASCII, else null. */
function wordOf(parts: NamePatterns[number]): string | null {
  const [before, word, after] = parts
  return parts.length === 3 && before === '' && after === '' && isAscii(word!) ? word!.toLowerCase() : null
}

function named(field: GroupField, names: NamePatterns): Sql {
  const exact = names.filter((parts) => parts.length === 1).map(([name]) => name!)
  const words = names.flatMap((parts) => wordOf(parts) ?? [])
  const together = words.length > FEW
  const patterns = names.filter((parts) => parts.length > 1 && !(together && wordOf(parts) !== null))
  return either(
    columnsOf(field).flatMap(({ plain, safe }) => [
      ...(exact.length > FEW ? [sql`${plain} in ${exact}`] : exact.map((name) => sql`${plain} = ${lower(name)}`)),
      ...(together ? [sql`${new Holding(plain, words, 'any')}`] : []),
      ...patterns.map((parts) => like(safe, parts)),
    ]),
  )
}

type Named = Extract<Formula, { op: 'named' }>

/** Separates the words of fields with one spelling, each tested by a single part, from the remaining parts. */
function wordsApart(of: readonly Formula[], not: boolean): { rest: readonly Formula[]; words: ReadonlyMap<GroupField, readonly string[]> } {
  const isWord = (part: Formula): part is Named =>
    typeof part === 'object' &&
    part.op === 'named' &&
    part.not === not &&
    part.names.length === 1 &&
    SPELLINGS[part.field].length === 1 &&
    wordOf(part.names[0]!) !== null
  const words = new Map<GroupField, string[]>()
  for (const { field, names } of of.filter(isWord)) {
    const word = wordOf(names[0]!)!
    const same = words.get(field)
    if (same) same.push(word)
    else words.set(field, [word])
  }
  for (const [field, some] of words) if (some.length <= FEW) words.delete(field)
  return { words, rest: of.filter((part) => !(isWord(part) && words.has(part.field))) }
}

/** Writes the operands of an `and` or `or`; tests for words that must all be present, or not all, are combined. */
function beside({ op, of }: Extract<Formula, { op: 'and' | 'or' }>): Sql[] {
  const not = op === 'or'
  const { words, rest } = wordsApart(of, not)
  const told = [...words].map(([field, some]) => sql`${new Holding(columnsOf(field)[0]!.plain, some, 'every')}`)
  return [...told.map((every) => (not ? sql`not ${every}` : every)), ...rest.map(ofGroup)]
}

/** Returns a formula that depends only on a group as a condition over `spelled` that is never null. */
export function ofGroup(formula: Formula): Sql {
  if (typeof formula === 'boolean') return formula ? all([]) : either([])
  if (formula.op === 'and') return all(beside(formula))
  if (formula.op === 'or') return either(beside(formula))
  if (formula.op !== 'named') throw new Error(`${formula.op} does not depend on the group alone`)
  const condition = named(formula.field, formula.names)
  return formula.not ? sql`not ${condition}` : condition
}

function fieldsOf(formula: Formula): GroupField[] {
  if (typeof formula === 'boolean') return []
  if (formula.op === 'and' || formula.op === 'or') return formula.of.flatMap(fieldsOf)
  return formula.op === 'named' ? [formula.field] : []
}

/** Returns the number of names with wildcards that a group is compared with. */
export function patternsIn(formula: Formula): number {
  if (typeof formula === 'boolean') return 0
  if (formula.op === 'and' || formula.op === 'or') return formula.of.reduce((sum, one) => sum + patternsIn(one), 0)
  return formula.op === 'named' ? formula.names.filter((parts) => parts.length > 1).length : 0
}

/** Selects the `id` of every group with the names that these formulas use, each spelled once. */
export function spelled(formulas: readonly Formula[]): Sql {
  const fields = [...new Set(formulas.flatMap(fieldsOf))].sort()
  const columns = fields.flatMap((field) => columnsOf(field).map(({ select }) => select))
  return sql`${new SharedRows(sql`select ${join([sql`id`, ...columns], ', ')} from groups`)} as spelled`
}

/** Returns the condition for rows whose group matches any of these formulas; all of them must depend only on the group. */
export function inAny(formulas: readonly Formula[]): Sql {
  return sql`grp in ${new SharedRows(sql`select id from ${spelled(formulas)}
    where case when ${ofGroup(joined('or', formulas))} then true else false end`)}`
}
