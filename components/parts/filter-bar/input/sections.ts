import { formatCount, formatPlural } from '@/components/parts/format/number'
import type { SavedList } from '@/lib/flow/answer/kept/saved'
import type { ValuesAnswer } from '@/lib/flow/answer/traffic/values'
import type { ContextName } from '@/lib/flow/field/context'
import { type FilterField, fieldOf } from '@/lib/flow/field/fields'
import { serviceName } from '@/lib/flow/tuple/services'
import { type Completion, completeTerm, completeValues } from '@/lib/link/editing/complete'
import type { Expected } from '@/lib/link/editing/expected'

/** A choice of the list under the filter; a `filter` replaces the whole text. */
export interface ListChoice extends Omit<Completion, 'kind'> {
  kind: Completion['kind'] | 'filter'
}

/** Choices under a heading. */
export interface Section {
  title: string
  /** Number of choices shown and in total. */
  note: string
  choices: readonly ListChoice[]
}

type Values = Pick<ValuesAnswer, 'total' | 'rows'>

const TITLES = { operator: 'Operators', field: 'Fields', word: 'Between terms' } as const

function valueSection(expected: Expected, field: FilterField, { total, rows }: Values): Section {
  const { label, type } = fieldOf(field)
  const about = ({ label: value }: Completion) => (type === 'port' ? (serviceName(Number(value)) ?? '') : '')
  return {
    title: label,
    note: rows.length < total ? `${formatCount(rows.length)} of ${formatCount(total)}` : '',
    choices: completeValues(expected, field, rows).map((completion) => ({ ...completion, about: about(completion) })),
  }
}

/**
 * Returns the completions at the caret. `values` are the existing values of `field`, null if they are unknown or not needed; `told` lists the facts that the
 * context files provide.
 */
export function completionSections(
  expected: Expected,
  field: FilterField | null,
  values: Values | null,
  told: readonly ContextName[] = [],
): Section[] {
  const completions = expected.kind === 'term' ? completeTerm(expected, told) : []
  const of = (kind: keyof typeof TITLES): Section => ({
    title: TITLES[kind],
    note: '',
    choices: completions.filter((completion) => completion.kind === kind),
  })
  const about = expected.kind === 'value' ? expected.field : field
  const occurring = about === null ? [] : [valueSection(expected, about, values ?? { total: 0, rows: [] })]
  return [of('operator'), of('field'), ...occurring, of('word')].filter(({ choices }) => choices.length > 0)
}

/** Saved lists whose names begin as typed. */
export function listSections({ typed }: Expected, lists: readonly Pick<SavedList, 'name' | 'values'>[]): Section[] {
  const choices = lists
    .filter(({ name }) => name.toLowerCase().startsWith(typed.slice(1).toLowerCase()))
    .map(
      ({ name, values }): ListChoice => ({
        kind: 'value',
        label: `$${name}`,
        text: `$${name}`,
        about: formatPlural(values.length, 'value'),
      }),
    )
  return choices.length === 0 ? [] : [{ title: 'Saved lists', note: '', choices }]
}

/** Earlier filters, newest first, without the current one. */
export function historySections(filters: readonly string[], text: string): Section[] {
  const choices = filters
    .filter((filter) => filter !== text.trim())
    .map((filter): ListChoice => ({ kind: 'filter', label: filter, text: filter, about: '' }))
  return choices.length === 0 ? [] : [{ title: 'Earlier filters', note: '', choices }]
}
