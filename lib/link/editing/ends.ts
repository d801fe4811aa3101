import { type FilterField, fieldOf } from '@/lib/flow/field/fields'
import type { Filter } from '@/lib/flow/view/filter'
import { fieldAt } from '@/lib/link/language/lex'
import { parseFilter } from '@/lib/link/language/parse'
import { printMatch } from '@/lib/link/language/print'
import { addTerm, chips, removeTerm } from './edit'

/** The fields of each end of a flow: source, destination, either. */
export const ENDS = { address: ['src', 'dst', 'ip'], port: ['sport', 'dport', 'port'] } as const satisfies Record<string, FilterField[]>

export type EndField = (typeof ENDS)[keyof typeof ENDS][number]

/** The fields of the same kind for source, destination and either end; null for a field without ends. */
export function endsOf(field: FilterField): readonly [source: EndField, destination: EndField, either: EndField] | null {
  const { type } = fieldOf(field)
  return type === 'address' || type === 'port' ? ENDS[type] : null
}

const OTHER_END: Partial<Record<FilterField, FilterField>> = {
  src: 'dst',
  dst: 'src',
  src24: 'dst24',
  dst24: 'src24',
  src16: 'dst16',
  dst16: 'src16',
  sport: 'dport',
  dport: 'sport',
}

/**
 * Adds `field:value` in place of terms with the same value at another end.
 * @throws Problem `ask` like parseFilter
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

/**
 * Swaps source and destination in all terms.
 * @throws Problem `ask` like parseFilter
 */
export function swapEnds(text: string): string {
  const filter = parseFilter(text)
  if (filter === null) return text
  let from = 0
  const pieces: string[] = []
  for (const { field, at } of matches(filter)) {
    const other = OTHER_END[field]
    const written = fieldAt(text, at)
    if (other === undefined || written === null) continue
    pieces.push(text.slice(from, at), other)
    from = written.at
  }
  return pieces.join('') + text.slice(from)
}

/**
 * Returns the filter for the opposite direction between the ends of a row.
 * @throws Problem `ask` like parseFilter
 */
export function replyTo(text: string, { src, dst }: { src: string; dst: string }): string {
  return addTerm(addTerm(swapEnds(text), 'src', dst), 'dst', src)
}
