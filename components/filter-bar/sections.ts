import { formatCount } from '@/components/format/number'
import { serviceName } from '@/components/format/port'
import type { ValuesAnswer } from '@/lib/flow/answers'
import { type FilterField, fieldOf } from '@/lib/flow/fields'
import { type Completion, completeTerm, completeValues } from '@/lib/link/complete'
import type { Expected } from '@/lib/link/expected'

/** Something to choose from the list under the filter; a `filter` takes the place of the whole text. */
export interface Choice extends Omit<Completion, 'kind'> {
  kind: Completion['kind'] | 'filter'
}

/** Choices under a heading. */
export interface Section {
  title: string
  /** How many of how many are shown. */
  note: string
  choices: readonly Choice[]
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

/** What can be written at the caret. `values` are those of `field` that occur, null while they are not known, or where none are asked for. */
export function completionSections(expected: Expected, field: FilterField | null, values: Values | null): Section[] {
  const completions = expected.kind === 'term' ? completeTerm(expected) : []
  const of = (kind: keyof typeof TITLES): Section => ({
    title: TITLES[kind],
    note: '',
    choices: completions.filter((completion) => completion.kind === kind),
  })
  const about = expected.kind === 'value' ? expected.field : field
  const occurring = about === null ? [] : [valueSection(expected, about, values ?? { total: 0, rows: [] })]
  return [of('operator'), of('field'), ...occurring, of('word')].filter(({ choices }) => choices.length > 0)
}

/** Filters typed before, the newest first, but for the one that stands there. */
export function historySections(filters: readonly string[], text: string): Section[] {
  const choices = filters
    .filter((filter) => filter !== text.trim())
    .map((filter): Choice => ({ kind: 'filter', label: filter, text: filter, about: '' }))
  return choices.length === 0 ? [] : [{ title: 'Earlier filters', note: '', choices }]
}
