import type { FilterField } from '@/lib/flow/field/fields'
import type { Filter, Span, Test } from '@/lib/flow/view/filter'
import { lex, type Token } from '@/lib/link/language/lex'
import { parseFilter } from '@/lib/link/language/parse'
import { printFilter, printMatch, printValue } from '@/lib/link/language/print'
import { covers } from './covers'

type Match = Extract<Filter, { op: 'match' }>

/** One of the terms that the whole filter joins with `and`. */
export interface Chip {
  /** As typed, including its `not`. */
  text: string
  span: Span
  negated: boolean
  /** The field of a plain term, null for a group in parentheses. */
  field: FilterField | null
}

function isBracketed(text: string, filter: Filter): boolean {
  return filter.op !== 'match' && filter.op !== 'not' && text[filter.at] === '(' && filter.of[0]!.at > filter.at
}

function terms(text: string): Filter[] {
  const filter = parseFilter(text)
  if (!filter) return []
  return filter.op === 'and' && !isBracketed(text, filter) ? filter.of : [filter]
}

function plain(term: Filter): { match: Match; not: boolean } | null {
  if (term.op === 'match') return { match: term, not: false }
  return term.op === 'not' && term.of.op === 'match' ? { match: term.of, not: true } : null
}

/**
 * Returns the chips under the filter bar, in text order.
 * @throws Problem `ask` like parseFilter
 */
export function chips(text: string): Chip[] {
  return terms(text).map((term) => ({
    text: text.slice(term.at, term.end),
    span: { at: term.at, end: term.end },
    negated: term.op === 'not',
    field: plain(term)?.match.field ?? null,
  }))
}

const LEADING_AND = /^\s*and(?![^\s()])/i

/** `tokens` are the tokens of the text up to and including the term. */
function remove(text: string, span: Span, tokens: readonly Token[]): string {
  let [low, high] = [0, tokens.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (tokens[middle]!.end <= span.at) low = middle + 1
    else high = middle
  }
  const before = tokens[low - 1]
  if (before?.kind === 'and') return (text.slice(0, before.at).trimEnd() + text.slice(span.end)).trim()
  return (text.slice(0, span.at) + text.slice(span.end).replace(LEADING_AND, '').trimStart()).trim()
}

/** Returns the text without one chip and its `and`. */
export function removeTerm(text: string, span: Span): string {
  return remove(text, span, lex(text))
}

function replaceTerm(text: string, span: Span, term: string): string {
  return text.slice(0, span.at) + term + text.slice(span.end)
}

/** Adds parentheses around a filter with a top-level `or`, so that it can be joined with others. */
function enclosed(text: string): string {
  const filter = parseFilter(text)
  return filter?.op === 'or' && !isBracketed(text, filter) ? `(${text.trim()})` : text.trim()
}

/**
 * Joins two filters with `and`; either may be blank.
 * @throws Problem `ask` like parseFilter
 */
export function joinFilters(text: string, more: string): string {
  if (text.trim() === '') return more.trim()
  return more.trim() === '' ? text.trim() : `${enclosed(text)} ${enclosed(more)}`
}

/** Moves one chip from the first filter to the end of the second. */
export function moveTerm(from: string, to: string, span: Span): [from: string, to: string] {
  return [removeTerm(from, span), joinFilters(to, from.slice(span.at, span.end))]
}

/** Returns the text with one chip negated. */
export function negateTerm(text: string, span: Span): string {
  const term = terms(text).find(({ at, end }) => at === span.at && end === span.end)
  if (!term) return text
  if (term.op === 'not') return replaceTerm(text, span, term.of.at === term.at ? printFilter(term.of) : text.slice(term.of.at, term.of.end))
  const typed = text.slice(span.at, span.end)
  return replaceTerm(text, span, term.op !== 'match' && !isBracketed(text, term) ? `not (${typed})` : `not ${typed}`)
}

const SEVERAL: readonly FilterField[] = ['ip', 'port']

/** Returns the alternatives of an earlier term that remain once the new term is added: all, some, or none. */
function reconcile(earlier: { match: Match; not: boolean }, added: { match: Match; not: boolean }): Test[] {
  const { match, not } = earlier
  const [value] = added.match.tests
  if (match.field !== added.match.field || !value) return match.tests
  if (not !== added.not) {
    if (not) return match.tests.filter((test) => !covers(match.field, test, value))
    return match.tests.filter((test) => !covers(match.field, value, test))
  }
  if (not || SEVERAL.includes(match.field)) return match.tests
  return match.tests.some((test) => covers(match.field, test, value)) ? match.tests : []
}

/**
 * Adds `field:value` (or `not field:value`) to the text. An existing equal term stays; terms that contradict the new one are removed; everything else stays as
 * typed, an `or` in parentheses.
 * @throws Problem `ask` like parseFilter
 */
export function addTerm(text: string, field: FilterField, value: string | number | null, options: { not?: boolean } = {}): string {
  const term = `${options.not ? 'not ' : ''}${field}:${printValue(field, value)}`
  const added = plain(parseFilter(term)!)!
  const tokens = lex(text)
  let kept = text
  for (const earlier of terms(text).toReversed()) {
    const known = plain(earlier)
    if (!known) continue
    const same = known.not === added.not && printMatch(known.match) === printMatch(added.match)
    if (same) return text
    const left = reconcile(known, added)
    if (left.length === known.match.tests.length) continue
    const match = printMatch({ field: known.match.field, tests: left })
    kept = left.length === 0 ? remove(kept, earlier, tokens) : replaceTerm(kept, earlier, `${known.not ? 'not ' : ''}${match}`)
  }
  return joinFilters(kept, term)
}
