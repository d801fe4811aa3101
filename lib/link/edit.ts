import type { FilterField } from '@/lib/flow/fields'
import type { Filter, Span, Test } from '@/lib/flow/filter'
import { covers } from './covers'
import { lex } from './lex'
import { parseFilter } from './parse'
import { printMatch, printValue } from './print'

type Match = Extract<Filter, { op: 'match' }>

/** One of the terms that the whole filter joins with `and`. */
export interface Chip {
  /** As typed, with its `not`. */
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

/** The chips under the filter bar, in the order of the text. Throws what parseFilter throws. */
export function chips(text: string): Chip[] {
  return terms(text).map((term) => ({
    text: text.slice(term.at, term.end),
    span: { at: term.at, end: term.end },
    negated: term.op === 'not',
    field: plain(term)?.match.field ?? null,
  }))
}

/** The text without one chip, and without the `and` that tied it. */
export function removeTerm(text: string, span: Span): string {
  const tokens = lex(text)
  const before = tokens.findLast((token) => token.end <= span.at)
  const after = tokens.find((token) => token.at >= span.end)
  if (before?.kind === 'and') return (text.slice(0, before.at).trimEnd() + text.slice(span.end)).trim()
  const rest = after?.kind === 'and' ? text.slice(after.end) : text.slice(span.end)
  return (text.slice(0, span.at) + rest.trimStart()).trim()
}

function replaceTerm(text: string, span: Span, term: string): string {
  return text.slice(0, span.at) + term + text.slice(span.end)
}

/** An `or` needs parentheses beside anything else. */
function enclosed(text: string): string {
  const filter = parseFilter(text)
  return filter?.op === 'or' && !isBracketed(text, filter) ? `(${text.trim()})` : text.trim()
}

/** The filter that asks for both; either may be blank. Throws what parseFilter throws. */
export function joinFilters(text: string, more: string): string {
  if (text.trim() === '') return more.trim()
  return more.trim() === '' ? text.trim() : `${enclosed(text)} ${enclosed(more)}`
}

/** Two filters, after one chip went from the first to the end of the second. */
export function moveTerm(from: string, to: string, span: Span): [from: string, to: string] {
  return [removeTerm(from, span), joinFilters(to, from.slice(span.at, span.end))]
}

/** The text with one chip turned into its opposite. */
export function negateTerm(text: string, span: Span): string {
  const term = terms(text).find(({ at, end }) => at === span.at && end === span.end)
  if (!term) return text
  if (term.op === 'not') return replaceTerm(text, span, text.slice(term.of.at, term.of.end))
  const typed = text.slice(span.at, span.end)
  return replaceTerm(text, span, term.op === 'or' && !isBracketed(text, term) ? `not (${typed})` : `not ${typed}`)
}

const SEVERAL: readonly FilterField[] = ['ip', 'port']

/** What is left of an earlier term once the new one stands beside it: the term itself, fewer alternatives, or nothing. */
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
 * The text with `field:value` (or `not field:value`) beside what is there. A term that says so already is left alone; terms that the new one
 * contradicts give way; everything else stays as typed, an `or` in parentheses. Throws what parseFilter throws.
 */
export function addTerm(text: string, field: FilterField, value: string | number | null, options: { not?: boolean } = {}): string {
  const term = `${options.not ? 'not ' : ''}${field}:${printValue(field, value)}`
  const added = plain(parseFilter(term)!)!
  let kept = text
  for (const earlier of terms(text).toReversed()) {
    const known = plain(earlier)
    if (!known) continue
    const same = known.not === added.not && printMatch(known.match) === printMatch(added.match)
    if (same) return text
    const left = reconcile(known, added)
    if (left.length === known.match.tests.length) continue
    const match = printMatch({ field: known.match.field, tests: left })
    kept = left.length === 0 ? removeTerm(kept, earlier) : replaceTerm(kept, earlier, `${known.not ? 'not ' : ''}${match}`)
  }
  return joinFilters(kept, term)
}
