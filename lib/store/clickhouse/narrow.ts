import { HOUR } from '@/lib/flow/time/bucket'
import type { SqlValue } from '@/lib/store/sql'
import { type Asked, countedMarks, HIDDEN, STORED } from './tables'

type Values = Readonly<Record<string, SqlValue>>

const REFERENCE = /\b(from|join)\s+(tuples|minutes)\b(?!\s+as\b)/g
/** What may follow the condition of a select at its own level. */
const AFTER = /\s(?:group by|having|window|qualify|order by|limit|union all)\s/
const VALUE = '\\{(\\w+):[\\w()]+\\}'
const RANGE = new RegExp(`^(?:time|minute) >= ${VALUE} and (?:time|minute) < ${VALUE}(?=\\s+and\\s|\\s*$)`)
const MOMENT = new RegExp(`^time = ${VALUE}(?=\\s+and\\s|\\s*$)`)
const BLOBS = new RegExp(`^blob ((?:=|in) ${VALUE})(?=\\s+and\\s|\\s*$)`)

/** Returns a text of the same length in which quoted text is blank. */
function unquoted(text: string): string {
  return text.replace(/'(?:[^'\\]|\\.|'')*'|"[^"]*"/g, (quoted) => '_'.repeat(quoted.length))
}

/** Returns a text of the same length in which what stands in parentheses is blank. */
function flat(text: string): string {
  const parts: string[] = []
  let [depth, shown] = [0, 0]
  for (const { 0: parenthesis, index } of text.matchAll(/[()]/g)) {
    const outside = parenthesis === '(' ? depth++ === 0 : --depth === 0
    if (!outside) continue
    parts.push(parenthesis === '(' ? text.slice(shown, index + 1) : '_'.repeat(index - shown))
    shown = parenthesis === '(' ? index + 1 : index
  }
  return parts.join('') + text.slice(shown)
}

/** Returns begin and end of what surrounds a position at its own level of parentheses. */
function around(text: string, at: number): { begin: number; end: number } {
  let [begin, end] = [at, at]
  for (let depth = 0; begin > 0; begin--) {
    const character = text[begin - 1]
    if (character === '(' && depth-- === 0) break
    if (character === ')') depth++
  }
  for (let depth = 0; end < text.length; end++) {
    const character = text[end]
    if (character === ')' && depth-- === 0) break
    if (character === '(') depth++
  }
  return { begin, end }
}

/** Returns the first of the terms that a condition connects with `and`, out of all parentheses; null if there is an `or` beside it. */
function firstTerm(condition: string): string | null {
  const text = condition.trim()
  const shown = flat(text)
  if (/\sor\s/.test(shown)) return null
  if (!text.startsWith('(')) return text
  const end = shown.indexOf(')')
  const rest = text.slice(end + 1)
  return rest === '' || /^\s+and\s/.test(rest) ? firstTerm(text.slice(1, end)) : null
}

/** Returns the blobs that rows of a condition come from, as far as its first term tells; null if it does not. */
function askedBy(condition: string, values: Values): Asked {
  const term = firstTerm(condition)
  if (term === null) return null
  const range = RANGE.exec(term)
  if (range) return hours(Number(values[range[1]!]), Number(values[range[2]!]))
  const moment = MOMENT.exec(term)
  if (moment) return hours(Number(values[moment[1]!]), Number(values[moment[1]!]) + 1)
  const blobs = BLOBS.exec(term)
  return blobs ? { ids: blobs[1]! } : null
}

/** Whole hours, so that parts of a statement about almost the same times share one list of marks. */
function hours(from: number, to: number): Asked {
  const asked = { from: Math.floor(from / HOUR) * HOUR, to: Math.ceil(to / HOUR) * HOUR }
  return Number.isSafeInteger(asked.from) && Number.isSafeInteger(asked.to) ? asked : null
}

/**
 * Writes a statement so that it looks up only the marks of the blobs that it asks for, instead of those of all blobs: where a select from `tuples` or `minutes`
 * begins its condition with a range of times or with blobs, it reads the stored table, with the marks of just these. Any other select reads the view, which
 * looks up all marks. The rows are the same either way.
 */
export function narrowed(query: string, values: Values, keepDays: number | null): string {
  const text = unquoted(query)
  const edits: { at: number; length: number; by: string }[] = []
  for (const found of text.matchAll(REFERENCE)) {
    const table = found[2] as 'tuples' | 'minutes'
    const name = found.index + found[0].length - table.length
    const { begin, end } = around(text, name)
    const level = flat(text.slice(begin, end))
    const own = name - begin
    const first = [...level.slice(0, own).matchAll(/\bunion all\b/g)].at(-1)?.index ?? 0
    const rest = level.slice(own)
    const where = /\swhere\s+/.exec(rest)
    const next = AFTER.exec(rest)
    if (where === null || (next && next.index < where.index)) continue
    const condition = own + where.index + where[0].length
    const over = AFTER.exec(level.slice(condition))
    const asked = askedBy(text.slice(begin + condition, over ? begin + condition + over.index : end), values)
    if (asked === null) continue
    for (const star of level.slice(first, own).matchAll(/(?:\bselect|,)\s+\*/g))
      edits.push({ at: begin + first + star.index + star[0].length, length: 0, by: ` except(${HIDDEN.join(', ')})` })
    edits.push({ at: name, length: table.length, by: `${STORED[table]} as ${table}` })
    edits.push({ at: begin + condition, length: 0, by: `${table}.mark in (${countedMarks(asked, keepDays)}) and ` })
  }
  return edits.sort((a, b) => b.at - a.at).reduce((whole, { at, length, by }) => whole.slice(0, at) + by + whole.slice(at + length), query)
}
