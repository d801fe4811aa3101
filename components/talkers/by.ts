import { type FilterField, fieldOf } from '@/lib/flow/fields'

export interface Grouping {
  /** As the link writes it. */
  value: string
  label: string
  about: string
  /** What one row is called, and several. */
  one: string
  many: string
}

const GROUPINGS: readonly Grouping[] = [
  { value: 'src', label: 'source', about: 'by source address', one: 'source', many: 'sources' },
  { value: 'dst', label: 'destination', about: 'by destination address', one: 'destination', many: 'destinations' },
  { value: 'dport', label: 'port', about: 'by destination port', one: 'port', many: 'ports' },
  { value: 'src,dst', label: 'pair', about: 'by source and destination', one: 'pair', many: 'pairs' },
  { value: 'src,dport', label: 'source, port', about: 'by source and destination port', one: 'pair', many: 'pairs' },
]

/** The groupings on offer, and the link's own when it is another. */
export function groupings(by: readonly FilterField[]): readonly Grouping[] {
  const value = by.join(',')
  if (GROUPINGS.some((known) => known.value === value)) return GROUPINGS
  const label = by.map((field) => fieldOf(field).label.toLowerCase()).join(', ')
  const [one, many] = by.length > 1 ? ['pair', 'pairs'] : ['value', 'values']
  return [...GROUPINGS, { value, label, about: `by ${label}`, one, many }]
}

/** What the rows of an answer are, which may be the question's before this one. */
export function groupingOf(by: string): { fields: FilterField[]; grouping: Grouping } {
  const fields = by.split(',') as FilterField[]
  return { fields, grouping: groupings(fields).find(({ value }) => value === by)! }
}
