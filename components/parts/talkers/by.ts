import type { ContextName } from '@/lib/flow/field/context'
import { type FilterField, fieldOf } from '@/lib/flow/field/fields'

export interface Grouping {
  /** Value in the link. */
  value: string
  label: string
  about: string
  /** Names of one row, and of several. */
  one: string
  many: string
}

const GROUPINGS: readonly Grouping[] = [
  { value: 'src', label: 'source', about: 'by source address', one: 'source', many: 'sources' },
  { value: 'src24', label: 'network', about: 'by /24 or /64 of the source', one: 'network', many: 'networks' },
  { value: 'dst', label: 'destination', about: 'by destination address', one: 'destination', many: 'destinations' },
  { value: 'dport', label: 'port', about: 'by destination port', one: 'port', many: 'ports' },
  { value: 'src,dst', label: 'pair', about: 'by source and destination', one: 'pair', many: 'pairs' },
  { value: 'src,dport', label: 'source, port', about: 'by source and destination port', one: 'pair', many: 'pairs' },
]

/** Groupings by context, offered if the context files provide it. */
const BY_CONTEXT: readonly (Grouping & { name: ContextName })[] = [
  { name: 'country', value: 'src.country', label: 'country', about: 'by country of the source', one: 'country', many: 'countries' },
  {
    name: 'org',
    value: 'src.org',
    label: 'organisation',
    about: 'by organisation of the source',
    one: 'organisation',
    many: 'organisations',
  },
  { name: 'tag', value: 'dst.tag', label: 'tag', about: 'by service tag of the destination', one: 'tag', many: 'tags' },
  {
    name: 'subnet',
    value: 'src.subnet,dst.subnet',
    label: 'subnets',
    about: 'by subnet of source and destination',
    one: 'pair',
    many: 'pairs',
  },
  { name: 'list', value: 'list', label: 'list', about: 'by list that either end is on', one: 'list', many: 'lists' },
]

/** Returns the offered groupings, and the link's own if it is a different one; `told` lists the facts that the context files provide. */
export function groupings(by: readonly FilterField[], told: readonly ContextName[] = []): readonly Grouping[] {
  const value = by.join(',')
  const offered = [...GROUPINGS, ...BY_CONTEXT.filter(({ name }) => told.includes(name))]
  if (offered.some((known) => known.value === value)) return offered
  const label = by.map((field) => fieldOf(field).label.toLowerCase()).join(', ')
  const [one, many] = by.length > 1 ? ['pair', 'pairs'] : ['value', 'values']
  return [...offered, { value, label, about: `by ${label}`, one, many }]
}

/** The grouping of an answer's rows, which may be those of the previous question. */
export function groupingOf(by: string): { fields: FilterField[]; grouping: Grouping } {
  const fields = by.split(',') as FilterField[]
  return { fields, grouping: groupings(fields).find(({ value }) => value === by)! }
}
