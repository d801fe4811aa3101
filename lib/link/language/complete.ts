import type { ContextName } from '@/lib/flow/context'
import { FILTER_FIELDS, type FilterField, fieldOf, isFilterField, isKeyField, type KeyField } from '@/lib/flow/fields'
import type { Expected, ExpectedTerm, ExpectedValue } from './expected'
import type { Operator } from './lex'
import { printValue } from './print'

/** Text that can replace what is being typed. */
export interface Completion {
  kind: 'field' | 'operator' | 'word' | 'value'
  /** As shown in the list. */
  label: string
  /** As inserted. */
  text: string
  about: string
  /** Number of tuples of the view with the value, if counted. */
  tuples?: number
}

/** A value that occurs, as the API writes it. */
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

/** Ordered fields also take comparisons. */
function isOrdered(field: FilterField): boolean {
  return ['port', 'count'].includes(fieldOf(field).type)
}

/** Fields by the beginning of their name first, then by their label; of context those of which anything is told. */
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

/** Fields, their operators and the words between terms, as far as they begin as typed; `told` is what context files tell of. */
export function completeTerm(term: ExpectedTerm, told: readonly ContextName[] = []): Completion[] {
  const name = term.typed.toLowerCase()
  const fields = fieldsFor(term.typed, told).filter((field) => term.operated || field !== name)
  const operators = !term.operated && isFilterField(name) ? operatorCompletions(name) : []
  return [...operators, ...fields.map((field) => fieldCompletion(field, term.operated)), ...(term.operated ? [] : wordCompletions(term))]
}

/** The field whose values could be meant, and their beginning; null when values do not help, as after `>`, or tuples have none. */
export function valuesAsked(expected: Expected): { field: KeyField; prefix: string } | null {
  const { typed } = expected
  if (typed.includes('*')) return null
  if (expected.kind === 'value') {
    const { field, operator } = expected
    return [':', '=', '==', '!='].includes(operator) && isKeyField(field) ? { field, prefix: typed } : null
  }
  if (typed === '' || expected.operated) return null
  if (/^\d+$/.test(typed)) return { field: 'port', prefix: typed }
  return { field: /^[\d.]+$|^\[?[0-9a-f]*:[0-9a-f:]*$/i.test(typed) ? 'ip' : 'rule', prefix: typed }
}

/** Words of the catalogue that begin as typed. */
function wordsOf({ field, typed }: ExpectedValue): string[] {
  return (fieldOf(field).words ?? []).filter((word) => word.startsWith(typed.toLowerCase()))
}

/** Values of the field that `valuesAsked` names, the occurring ones in their order with how often they do; those of the list are left out. */
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

/** The filter with a completion inserted, and the caret's position after it. */
export function complete(text: string, expected: Expected, completion: string): { text: string; caret: number } {
  const { at, end } = expected.span
  const after = text.slice(end)
  const written = after.startsWith(' ') ? completion.trimEnd() : completion
  const parted = at === end && /^[^\s),.:<>=]/.test(after) && !written.endsWith(' ') && written !== '('
  const head = text.slice(0, at) + written
  return { text: `${head}${parted ? ' ' : ''}${after}`, caret: head.length }
}
