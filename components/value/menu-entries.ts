import { networkOf } from '@/lib/flow/address'
import type { FilterField } from '@/lib/flow/fields'
import { addTerm } from '@/lib/link/edit'
import { endsOf, moveEnd, replyTo } from '@/lib/link/ends'

/** Source and destination of the row that a value stands in. */
export interface Ends {
  src: string
  dst: string
}

/** What a menu is about. */
export interface Subject {
  field: FilterField
  value: string
  /** Null where no row, or not both of its ends, is known. */
  ends: Ends | null
}

/** A filter that a menu leads to. */
export interface Entry {
  label: string
  q: string
}

function endEntries(q: string, { field, value }: Subject): Entry[] {
  const ends = endsOf(field)
  if (ends === null) return []
  const labels = ['As source', 'As destination', 'Either end'] as const
  return ends.map((end, i) => ({ label: labels[i]!, q: moveEnd(q, end, value) }))
}

function wayEntries(q: string, { field, value, ends }: Subject): Entry[] {
  const network = networkOf(value)
  const entries: Entry[] = []
  if (endsOf(field) !== null && network !== null)
    entries.push({ label: `Its ${network.slice(network.lastIndexOf('/'))}`, q: addTerm(q, field, network) })
  if (endsOf(field) !== null && ends !== null) entries.push({ label: 'Swap ends', q: replyTo(q, ends) })
  return entries
}

/** The filters that a value's menu leads to from the filter `q`, in groups. Throws Problem `ask` when `q` does not parse. */
export function menuEntries(q: string, subject: Subject): Entry[][] {
  const { field, value } = subject
  const own = [
    { label: 'Only this', q: addTerm(q, field, value) },
    { label: 'Not this', q: addTerm(q, field, value, { not: true }) },
  ]
  return [own, endEntries(q, subject), wayEntries(q, subject)].filter((group) => group.length > 0)
}
