import { formatAddress, formatCidr } from '@/lib/flow/address/address'
import { type FilterField, fieldOf } from '@/lib/flow/field/fields'
import { writeNovelty } from '@/lib/flow/field/novelty'
import { writeScanner } from '@/lib/flow/field/scan'
import { PROTOCOL_WORDS } from '@/lib/flow/tuple/protocols'
import type { Filter, Test } from '@/lib/flow/view/filter'
import { lastOf, PROTO_LAST } from './values'

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

function printPart(part: string): string {
  return /[\s()",*]|^\$/.test(part) ? quote(part) : part
}

function printAddresses(first: bigint, last: bigint): string {
  return formatCidr({ first, last }) ?? `${formatAddress(first)}..${formatAddress(last)}`
}

function printTest(field: FilterField, test: Test): string {
  if (test.kind === 'addresses') return printAddresses(test.first, test.last)
  if (test.kind === 'numbers') return test.first === test.last ? String(test.first) : `${test.first}..${test.last}`
  if (test.kind === 'scanner') return writeScanner(test.scanner)
  if (test.kind === 'list') return `$${test.name}`
  if (test.kind === 'novelty') return writeNovelty(test.novelty)
  const { type, words } = fieldOf(field)
  if (test.kind === 'word') return PROTOCOL_WORDS.has(test.word) || words?.includes(test.word) ? test.word : quote(test.word)
  const [only] = test.parts
  const verbatim = test.parts.length === 1 && (only === '' || (type === 'mac' && only!.length < 12))
  return verbatim ? quote(only!) : test.parts.map(printPart).join('*')
}

/** Writes a value in the filter language; null is the value of a log that lacks the column. */
export function printValue(field: FilterField, value: string | number | null): string {
  const text = value === null ? 'none' : String(value)
  const { type } = fieldOf(field)
  if (type === 'name' || type === 'mac') return printTest(field, { kind: 'name', parts: [text] })
  if (type === 'word' || (type === 'proto' && !(Number(text) <= PROTO_LAST))) return printTest(field, { kind: 'word', word: text })
  return text
}

/** Writes a term in canonical form. */
export function printMatch({ field, tests }: { field: FilterField; tests: readonly Test[] }): string {
  const [only] = tests
  const { type } = fieldOf(field)
  if (
    tests.length === 1 &&
    only?.kind === 'numbers' &&
    only.last === lastOf(type) &&
    only.first < only.last &&
    type !== 'proto' &&
    type !== 'asn'
  )
    return `${field}>=${only.first}`
  return `${field}:${tests.map((test) => printTest(field, test)).join(',')}`
}

/** Writes a filter in canonical form: parsing it again gives the same filter, except for spans. */
export function printFilter(filter: Filter | null): string {
  if (!filter) return ''
  if (filter.op === 'match') return printMatch(filter)
  if (filter.op === 'not')
    return `not ${filter.of.op === 'match' || filter.of.op === 'not' ? printFilter(filter.of) : `(${printFilter(filter.of)})`}`
  return filter.of
    .map((part) => (part.op === 'or' || part.op === filter.op ? `(${printFilter(part)})` : printFilter(part)))
    .join(filter.op === 'and' ? ' ' : ' or ')
}
