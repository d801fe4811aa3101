import type { ContextName } from '@/lib/flow/field/context'
import { FILTER_FIELDS, type FilterField, fieldOf, isFilterField, isKeyField, type KeyField } from '@/lib/flow/field/fields'
import type { Operator } from '@/lib/link/language/lex'
import { printValue } from '@/lib/link/language/print'
import type { Expected, ExpectedTerm, ExpectedValue } from './expected'

/** Text that can replace the text being typed. */
export interface Completion {
  kind: 'field' | 'operator' | 'word' | 'value'
  /** Text shown in the list. */
  label: string
  /** Text to insert. */
  text: string
  about: string
  /** Number of tuples of the view with the value, if counted. */
  tuples?: number
}

/** A value that occurs in the view, as the API writes it. */
export interface Occurring {
  value: string
  tuples: number
}

const WORDS: readonly { word: string; about: string; when: (term: ExpectedTerm) => boolean }[] = [
  { word: 'not', about: 'without what follows', when: () => true },
  { word: '(', about: 'several terms as one', when: () => true },
  { word: ')', about: 'ends the group', when: ({ open, joins }) => open > 0 && joins },
  { word: 'and', about: 'both, as a space says too', when: ({ joins }) => joins },
  { word: 'or', about: 'either', when: ({ joins }) => joins },
]

const OPERATORS: readonly { operator: Operator; about: string }[] = [
  { operator: ':', about: 'is, or one of a list, or a range such as 1..9' },
  { operator: '!=', about: 'is not' },
  { operator: '>', about: 'more than' },
  { operator: '>=', about: 'at least' },
  { operator: '<', about: 'less than' },
  { operator: '<=', about: 'at most' },
]

/** True for ordered fields, which also accept comparisons. */
function isOrdered(field: FilterField): boolean {
  return ['port', 'count'].includes(fieldOf(field).type)
}

/** Returns matching fields, those whose name begins as typed before those whose label does; of context fields, only those that have values (`told`). */
function fieldsFor(typed: string, told: readonly ContextName[]): FilterField[] {
  const start = typed.toLowerCase()
  const fields = FILTER_FIELDS.filter((name) => {
    const { context } = fieldOf(name)
    return context === undefined || told.includes(context.name)
  })
  const named = fields.filter((name) => name.startsWith(start))
  const labelled = fields.filter((name) => start.length > 1 && fieldOf(name).label.toLowerCase().includes(start))
  return [...new Set([...named, ...labelled])]
}

function fieldCompletion(name: FilterField, operated: boolean): Completion {
  const { label, about } = fieldOf(name)
  return { kind: 'field', label: name, text: operated ? name : `${name}:`, about: `${label.toLowerCase()}: ${about}` }
}

function operatorCompletions(name: FilterField): Completion[] {
  return OPERATORS.filter(({ operator }) => operator === ':' || operator === '!=' || isOrdered(name)).map(({ operator, about }) => ({
    kind: 'operator',
    label: `${name}${operator}`,
    text: `${name}${operator}`,
    about,
  }))
}

function wordCompletions(term: ExpectedTerm): Completion[] {
  return WORDS.filter(({ word, when }) => word.startsWith(term.typed.toLowerCase()) && when(term)).map(({ word, about }) => ({
    kind: 'word',
    label: word,
    text: /[a-z]/.test(word) ? `${word} ` : word,
    about,
  }))
}

/** Returns matching fields, their operators, and the words between terms; `told` lists the facts that the context files provide. */
export function completeTerm(term: ExpectedTerm, told: readonly ContextName[] = []): Completion[] {
  const name = term.typed.toLowerCase()
  const fields = fieldsFor(term.typed, told).filter((field) => term.operated || field !== name)
  const operators = !term.operated && isFilterField(name) ? operatorCompletions(name) : []
  return [...operators, ...fields.map((field) => fieldCompletion(field, term.operated)), ...(term.operated ? [] : wordCompletions(term))]
}

/** Returns the field whose values may complete the text, and their beginning. Null if values cannot help, as after `>`, or if tuples have none. */
export function valuesAsked(expected: Expected): { field: KeyField; prefix: string } | null {
  const { typed } = expected
  if (typed.includes('*') || typed.startsWith('$')) return null
  if (expected.kind === 'value') {
    const { field, operator } = expected
    return [':', '=', '==', '!='].includes(operator) && isKeyField(field) ? { field, prefix: typed } : null
  }
  if (typed === '' || expected.operated) return null
  if (/^\d+$/.test(typed)) return { field: 'port', prefix: typed }
  return { field: /^[\d.]+$|^\[?[0-9a-f]*:[0-9a-f:]*$/i.test(typed) ? 'ip' : 'rule', prefix: typed }
}

/** Returns the catalogue's words that begin as typed. */
function wordsOf({ field, typed }: ExpectedValue): string[] {
  return (fieldOf(field).words ?? []).filter((word) => word.startsWith(typed.toLowerCase()))
}

/**
 * Completes values of the field that `valuesAsked` returned: occurring ones first, in their order and with their counts. Leaves out values that the list
 * already has.
 */
export function completeValues(expected: Expected, field: FilterField, occurring: readonly Occurring[]): Completion[] {
  const bare = expected.kind === 'term'
  const others = bare ? [] : expected.others.map((other) => other.toLowerCase())
  const more = bare ? [] : wordsOf(expected).filter((word) => !occurring.some(({ value }) => value === word))
  return [...occurring, ...more.map((value) => ({ value, tuples: undefined }))]
    .filter(({ value }) => !others.includes(value.toLowerCase()))
    .map(({ value, tuples }) => {
      const text = printValue(field, value)
      return { kind: 'value', label: value, text: bare ? `${field}:${text}` : text, about: '', ...(tuples === undefined ? {} : { tuples }) }
    })
}

/** Inserts a completion into the filter. Returns the filter, and the caret's position after the completion. */
export function complete(text: string, expected: Expected, completion: string): { text: string; caret: number } {
  const { at, end } = expected.span
  const after = text.slice(end)
  const written = after.startsWith(' ') ? completion.trimEnd() : completion
  const parted = at === end && /^[^\s),.:<>=]/.test(after) && !written.endsWith(' ') && written !== '('
  const head = text.slice(0, at) + written
  return { text: `${head}${parted ? ' ' : ''}${after}`, caret: head.length }
}
