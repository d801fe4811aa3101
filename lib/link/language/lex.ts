import { FILTER_FIELDS, type FilterField, isFilterField } from '@/lib/flow/field/fields'
import type { Span } from '@/lib/flow/view/filter'
import { didYouMean } from './did-you-mean'
import { filterProblem } from './problem'

export const OPERATORS = [':', '=', '==', '!=', '>', '>=', '<', '<='] as const
export type Operator = (typeof OPERATORS)[number]

/** A part of a value: unquoted as typed, or the content of quotes without escapes. */
export interface Segment extends Span {
  text: string
  quoted: boolean
}

/** One alternative of a value list: `"a b"*` is one item of two segments. */
export interface Item extends Span {
  segments: Segment[]
}

export interface Term extends Span {
  kind: 'term'
  /** Null for a bare word. */
  match: { field: FilterField; operator: Operator; at: number } | null
  /** Comma-separated alternatives, never empty. */
  items: Item[]
}

export type Token = Term | ({ kind: '(' | ')' | 'and' | 'or' | 'not' | 'end' } & Span)

const SPACE = /\s*/y
const FIELD = /((?:[A-Za-z]+\.)?[A-Za-z][A-Za-z0-9_]*)(:|!=|==|=|>=|<=|>|<)/y
const RUN = /[^\s()",]+/y
const WORD = /[^\s()"]+/y
export const KEYWORD = /^(and|or|not)$/i
const ADDRESS = /^\[?[0-9a-f]*:[0-9a-f:.]*\]?([/,.]|$)/i

function stretch(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

function readQuoted(text: string, at: number): Segment {
  let value = ''
  for (let i = at + 1; i < text.length; i++) {
    const character = text[i]!
    if (character === '"') return { text: value, quoted: true, at, end: i + 1 }
    if (character === '\\') {
      const escaped = text[i + 1]
      if (escaped !== '"' && escaped !== '\\') throw filterProblem('after \\ inside quotes, expected " or \\', i + 1)
      value += escaped
      i++
    } else value += character
  }
  throw filterProblem('the quote is not closed; expected "', text.length)
}

function readItem(text: string, start: number): Item {
  const segments: Segment[] = []
  let at = start
  while (at < text.length) {
    if (text[at] === '"') segments.push(readQuoted(text, at))
    else {
      const run = stretch(RUN, text, at)
      if (run === '') break
      segments.push({ text: run, quoted: false, at, end: at + run.length })
    }
    at = segments[segments.length - 1]!.end
  }
  return { segments, at: start, end: at }
}

function readItems(text: string, start: number, expected: string): Item[] {
  const items: Item[] = []
  let at = start
  for (;;) {
    const item = readItem(text, at)
    if (item.segments.length === 0) throw filterProblem(`expected ${expected}`, at)
    items.push(item)
    if (text[item.end] !== ',') return items
    at = item.end + 1
  }
}

/** Returns the field name (known or not) at a position, and its operator from `at` to `end`; null if there is none, as in an IPv6 address. */
export function fieldAt(text: string, start: number): { name: string; operator: Operator; at: number; end: number } | null {
  FIELD.lastIndex = start
  const found = FIELD.exec(text)
  if (!found) return null
  const name = found[1]!
  if (!isFilterField(name.toLowerCase()) && ADDRESS.test(stretch(WORD, text, start))) return null
  return { name, operator: found[2] as Operator, at: start + name.length, end: start + found[0].length }
}

function readField(text: string, at: number): { field: FilterField; operator: Operator; at: number; end: number } | null {
  const found = fieldAt(text, at)
  if (!found) return null
  const field = found.name.toLowerCase()
  if (!isFilterField(field)) throw filterProblem(`there is no field ${found.name}; ${didYouMean(found.name, FILTER_FIELDS)}`, at)
  return { field, operator: found.operator, at: found.at, end: found.end }
}

function readTerm(text: string, at: number): Token {
  const match = readField(text, at)
  if (match) {
    const items = readItems(text, match.end, `a value right after ${match.field}${match.operator}`)
    return { kind: 'term', match: { field: match.field, operator: match.operator, at: match.at }, items, at, end: items.at(-1)!.end }
  }
  const items = readItems(text, at, 'a field such as src:10.0.0.0/8, or a word')
  const [first] = items
  const [word] = first!.segments
  if (items.length === 1 && first!.segments.length === 1 && !word!.quoted && KEYWORD.test(word!.text))
    return { kind: word!.text.toLowerCase() as 'and' | 'or' | 'not', at, end: word!.end }
  return { kind: 'term', match: null, items, at, end: items.at(-1)!.end }
}

/** Returns the token at or after a position: `end` at the end of the text. @throws Problem `ask` */
export function tokenAt(text: string, from: number): Token {
  const at = from + stretch(SPACE, text, from).length
  const character = text[at]
  if (character === undefined) return { kind: 'end', at, end: at }
  if (character === '(' || character === ')') return { kind: character, at, end: at + 1 }
  if (character !== '-' && character !== '!') return readTerm(text, at)
  if (/[^\s=]/.test(text[at + 1] ?? '')) return { kind: 'not', at, end: at + 1 }
  throw filterProblem(`${character} stands alone; expected a term right after it`, at)
}

/** Splits a filter into tokens, the last of them `end`. @throws Problem `ask` */
export function lex(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; ; ) {
    const token = tokenAt(text, at)
    tokens.push(token)
    if (token.kind === 'end') return tokens
    at = token.end
  }
}
