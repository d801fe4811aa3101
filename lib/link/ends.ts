import { type FilterField, fieldOf } from '@/lib/flow/fields'
import type { Filter } from '@/lib/flow/filter'
import { addTerm, chips, removeTerm } from './edit'
import { fieldAt } from './lex'
import { parseFilter } from './parse'
import { printMatch } from './print'

/** The fields that say which end of a flow is meant: source, destination, either. */
export const ENDS = { address: ['src', 'dst', 'ip'], port: ['sport', 'dport', 'port'] } as const satisfies Record<string, FilterField[]>

export type EndField = (typeof ENDS)[keyof typeof ENDS][number]

/** The fields of the same kind for source, destination and either end; null where a field is about no end. */
export function endsOf(field: FilterField): readonly [source: EndField, destination: EndField, either: EndField] | null {
  const { type } = fieldOf(field)
  return type === 'address' || type === 'port' ? ENDS[type] : null
}

const OTHER_END: Partial<Record<FilterField, FilterField>> = { src: 'dst', dst: 'src', sport: 'dport', dport: 'sport' }

/**
 * The text with `field:value`, in place of terms that ask for the same value at another end: so a value that was kept as a source becomes a
 * destination. Throws what parseFilter throws.
 */
export function moveEnd(text: string, field: EndField, value: string): string {
  const elsewhere = endsOf(field)!
    .filter((other) => other !== field)
    .map((other) => printMatch(parseFilter(`${other}:${value}`) as Extract<Filter, { op: 'match' }>))
  const kept = chips(text)
    .toReversed()
    .reduce((left, chip) => {
      const term = parseFilter(chip.text)
      return term?.op === 'match' && elsewhere.includes(printMatch(term)) ? removeTerm(left, chip.span) : left
    }, text)
  return addTerm(kept, field, value)
}

function matches(filter: Filter): Extract<Filter, { op: 'match' }>[] {
  if (filter.op === 'match') return [filter]
  return filter.op === 'not' ? matches(filter.of) : filter.of.flatMap(matches)
}

/** The text with source and destination changed for each other wherever they are named. Throws what parseFilter throws. */
export function swapEnds(text: string): string {
  const filter = parseFilter(text)
  if (filter === null) return text
  return matches(filter).reduceRight((swapped, { field, at }) => {
    const other = OTHER_END[field]
    const written = fieldAt(text, at)
    return other === undefined || written === null ? swapped : swapped.slice(0, at) + other + swapped.slice(written.at)
  }, text)
}

/** The filter for what went the other way between the ends of a row. Throws what parseFilter throws. */
export function replyTo(text: string, { src, dst }: { src: string; dst: string }): string {
  return addTerm(addTerm(swapEnds(text), 'src', dst), 'dst', src)
}
