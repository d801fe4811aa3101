import { networkOf } from '@/lib/flow/address/address'
import type { AddressContext } from '@/lib/flow/answer/traffic/context'
import { AMBIGUOUS, type ContextName } from '@/lib/flow/field/context'
import type { FilterField } from '@/lib/flow/field/fields'
import { addTerm } from '@/lib/link/editing/edit'
import { endsOf, moveEnd, replyTo, swapEnds } from '@/lib/link/editing/ends'

/** Maximum number of tags or lists in a menu, the narrowest ones. */
const MOST_TOLD = 3

/** Source and destination of a value's row. */
export interface RowEnds {
  src: string
  dst: string
}

/** The subject of a menu. */
export interface Subject {
  field: FilterField
  value: string
  /** Null if there is no row, or not both of its ends are known. */
  ends: RowEnds | null
}

/** A filter offered by a menu. */
export interface MenuEntry {
  label: string
  q: string
}

function endEntries(q: string, { field, value }: Subject): MenuEntry[] {
  const ends = endsOf(field)
  if (ends === null) return []
  const labels = ['As source', 'As destination', 'Either end'] as const
  return ends.map((end, i) => ({ label: labels[i]!, q: moveEnd(q, end, value) }))
}

function wayEntries(q: string, { field, value, ends }: Subject): MenuEntry[] {
  const network = networkOf(value)
  const entries: MenuEntry[] = []
  if (endsOf(field) !== null && network !== null)
    entries.push({ label: `Filter to ${network.slice(network.lastIndexOf('/'))}`, q: addTerm(q, field, network) })
  if (endsOf(field) !== null && ends !== null) entries.push({ label: 'Swap ends', q: replyTo(q, ends) })
  else if (swapEnds(q) !== q) entries.push({ label: 'Swap ends of the filter', q: swapEnds(q) })
  return entries
}

const SHARED = [
  ['list', 'On list'],
  ['country', 'Country'],
  ['org', 'Organisation'],
  ['tag', 'Tag'],
  ['subnet', 'Subnet'],
] as const satisfies readonly (readonly [ContextName, string])[]

/** Filters by the context of an address, at its end of the tuple. */
export function toldEntries(q: string, { field }: Subject, found: AddressContext): MenuEntry[] {
  const end = field === 'src' || field === 'dst' ? `${field}.` : ''
  return SHARED.flatMap(([name, label]) =>
    [found[name] ?? []]
      .flat()
      .filter((text) => text !== AMBIGUOUS)
      .slice(0, MOST_TOLD)
      .map((text) => ({
        label: `${label} ${text}`,
        q: addTerm(q, `${end}${name}` as FilterField, text),
      })),
  )
}

/** The filters that a value's menu offers from the filter `q`, in groups. Throws Problem `ask` if `q` does not parse. */
export function menuEntries(q: string, subject: Subject): MenuEntry[][] {
  const { field, value } = subject
  const own = [
    { label: 'Only this', q: addTerm(q, field, value) },
    { label: 'Not this', q: addTerm(q, field, value, { not: true }) },
  ]
  return [own, endEntries(q, subject), wayEntries(q, subject)].filter((group) => group.length > 0)
}
