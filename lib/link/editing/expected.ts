import { type FilterField, fieldOf, isFilterField } from '@/lib/flow/field/fields'
import type { Span } from '@/lib/flow/view/filter'
import { fieldAt, KEYWORD, type Operator } from '@/lib/link/language/lex'
import { cut, type FilterPiece, openAt } from './pieces'

interface AtCaret {
  /** The text that a completion replaces. */
  span: Span
  /** Its part before the caret, without quotes. */
  typed: string
  /** The whole word at the caret; empty between words. */
  word: Span
}

export interface ExpectedTerm extends AtCaret {
  kind: 'term'
  /** True if a term precedes it, so `and`, `or` and `)` are possible. */
  joins: boolean
  /** Number of open parentheses here. */
  open: number
  /** True if an operator already follows, so only the field before it is being written. */
  operated: boolean
}

export interface ExpectedValue extends AtCaret {
  kind: 'value'
  field: FilterField
  operator: Operator
  /** The other values of the list, unquoted. */
  others: string[]
}

/** The text that the filter language accepts at the caret. */
export type Expected = ExpectedTerm | ExpectedValue

function unquote(text: string): string {
  return text.replace(/\\(["\\])|"/g, '$1')
}

/** Returns the comma-separated values of a possibly unfinished list. */
function items(text: string, from: number, end: number): Span[] {
  const found: Span[] = []
  let at = from
  let quoted = false
  for (let i = from; i < end; i++) {
    if (quoted && text[i] === '\\') i++
    else if (text[i] === '"') quoted = !quoted
    else if (text[i] === ',' && !quoted) {
      found.push({ at, end: i })
      at = i + 1
    }
  }
  return [...found, { at, end }]
}

/** Returns the end of a range `a..b` that contains the caret; names have no ranges. */
function endOfRange(text: string, item: Span, caret: number, field: FilterField): Span {
  const { type } = fieldOf(field)
  const dots = text.slice(item.at, item.end).indexOf('..')
  if (dots < 0 || type === 'name' || type === 'mac' || type === 'word') return item
  const [low, high] = [item.at + dots, item.at + dots + 2]
  return caret < high ? { at: item.at, end: low } : { at: high, end: item.end }
}

function inWord(text: string, caret: number, word: FilterPiece, term: Pick<ExpectedTerm, 'joins' | 'open'>): Expected | null {
  const written = fieldAt(text, word.at)
  if (written === null) {
    if (/[,*]|\.\./.test(text.slice(word.at, word.end))) return null
    return { kind: 'term', ...term, operated: false, typed: unquote(text.slice(word.at, caret)), span: word, word }
  }
  if (caret < written.end) {
    const span = { at: word.at, end: written.at }
    return { kind: 'term', ...term, operated: true, typed: text.slice(word.at, Math.min(caret, written.at)), span, word }
  }
  const field = written.name.toLowerCase()
  if (!isFilterField(field)) return null
  const list = items(text, written.end, word.end)
  const item = list.find(({ end }) => caret <= end)!
  const span = endOfRange(text, item, caret, field)
  return {
    kind: 'value',
    field,
    operator: written.operator,
    typed: unquote(text.slice(span.at, caret)),
    span,
    others: list.filter((other) => other !== item).map(({ at, end }) => unquote(text.slice(at, end))),
    word,
  }
}

/** Returns what is expected at a caret of a filter that may be incomplete or wrong; null if unknown. */
export function expectedAt(text: string, caret: number): Expected | null {
  const pieces = cut(text)
  const word = pieces.find(({ kind, at, end }) => kind === 'word' && at < caret && caret <= end)
  const start = word?.at ?? caret
  const before = pieces.findLast(({ end }) => end <= start)
  const joins = before?.kind === ')' || (before?.kind === 'word' && !KEYWORD.test(text.slice(before.at, before.end)))
  const term = { joins, open: openAt(pieces, start) }
  if (word !== undefined) return inWord(text, caret, { ...word }, term)
  const span = { at: caret, end: caret }
  return { kind: 'term', ...term, operated: false, typed: '', span, word: span }
}
