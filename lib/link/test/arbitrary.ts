import fc from 'fast-check'
import { ADDRESS_LAST, IPV4_BASE } from '@/lib/flow/address/address'
import { FILTER_FIELDS, type FilterField, fieldOf } from '@/lib/flow/field/fields'
import { NOVELTY_FIELDS } from '@/lib/flow/field/novelty'
import { SCAN_GROUPS, SCANNER_WORDS, USUAL } from '@/lib/flow/field/scan'
import type { Filter, Test } from '@/lib/flow/view/filter'
import { readParts } from '@/lib/link/language/values'

const span = { at: 0, end: 0 }

function numbers(last: number): fc.Arbitrary<Test> {
  const edge = fc.oneof(fc.constantFrom(0, last), fc.nat({ max: Math.min(last, 2 ** 31 - 1) }))
  return fc.tuple(edge, edge).map(([a, b]) => ({ kind: 'numbers', first: Math.min(a, b), last: Math.max(a, b) }))
}

const cidr = fc.tuple(fc.bigInt(0n, ADDRESS_LAST), fc.nat({ max: 128 })).map(([address, bits]): Test => {
  const host = (1n << BigInt(bits)) - 1n
  const first = address - (address & host)
  return { kind: 'addresses', first, last: first + host }
})
const v4 = fc.tuple(fc.bigInt(0n, 0xffff_ffffn), fc.bigInt(0n, 0xffff_ffffn)).map((pair): Test => {
  const [first = 0n, last = 0n] = pair.toSorted((a, b) => (a < b ? -1 : 1))
  return { kind: 'addresses', first: IPV4_BASE + first, last: IPV4_BASE + last }
})
const addresses = fc.oneof(cidr, v4)

const part = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('a', 'Z', '_', '*', '"', '\\', ' ', '(', ',', ':', '.', '-', 'ß') }))
function parts(one: fc.Arbitrary<string>): fc.Arbitrary<Test> {
  return fc.array(one, { minLength: 1, maxLength: 4 }).map((all) => ({
    kind: 'name',
    parts: readParts({
      segments: all.flatMap((text, i) => [...(i === 0 ? [] : [{ text: '*', quoted: false, ...span }]), { text, quoted: true, ...span }]),
      ...span,
    }),
  }))
}

const many = fc.integer({ min: 1, max: 999_999 })
/** Thresholds of scans. */
export const thresholds = fc.oneof(fc.constant(USUAL), fc.record({ targets: many, ports: many, attempts: many }))
const scanners = fc
  .record({ word: fc.constantFrom(...SCANNER_WORDS), group: fc.constantFrom(...SCAN_GROUPS), thresholds })
  .map((scanner): Test => ({ kind: 'scanner', scanner: scanner.word === 'let-in' ? { ...scanner, thresholds: USUAL } : scanner }))

const novelties = fc
  .record({
    fields: fc.uniqueArray(fc.constantFrom(...NOVELTY_FIELDS), { minLength: 1, maxLength: 3 }),
    baseline: fc.oneof(
      fc.constant('prev' as const),
      fc.integer({ min: 1, max: 50_000 }).map((minutes) => minutes * 60_000),
    ),
  })
  .map((novelty): Test => ({ kind: 'novelty', novelty }))

function test(field: FilterField): fc.Arbitrary<Test> {
  const { type, words } = fieldOf(field)
  if (type === 'address') return addresses
  if (type === 'port') return numbers(65_535)
  if (type === 'count') return numbers(Number.MAX_SAFE_INTEGER)
  if (type === 'scanner') return scanners
  if (type === 'novelty') return novelties
  if (type === 'asn') return fc.oneof(numbers(4_294_967_295), fc.constant<Test>({ kind: 'name', parts: ['none'] }))
  if (type === 'proto')
    return fc.oneof(
      numbers(255),
      fc.constantFrom('tcp', 'udp', 'icmp', 'icmpv6', 'esp', '300', 'a"b').map((word): Test => ({ kind: 'word', word })),
    )
  if (type === 'word') return fc.constantFrom(...words!).map((word): Test => ({ kind: 'word', word }))
  return parts(type === 'mac' ? fc.stringMatching(/^[0-9A-F]{0,12}$/) : part)
}

const match: fc.Arbitrary<Filter> = fc
  .constantFrom(...FILTER_FIELDS)
  .chain((field) => fc.array(test(field), { minLength: 1, maxLength: 3 }).map((tests) => ({ op: 'match' as const, field, tests, ...span })))

/** Any filter that the language can express, spans all zero. */
export const filters: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    match,
    tie('filter').map((of) => ({ op: 'not' as const, of, ...span })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('filter'), { minLength: 2, maxLength: 3 }))
      .map(([op, of]) => ({ op, of, ...span })),
  ),
})).filter

/** A filter with its spans zeroed, for comparison. */
export function withoutSpans(filter: Filter): Filter {
  if (filter.op === 'match') return { ...filter, ...span }
  if (filter.op === 'not') return { ...filter, of: withoutSpans(filter.of), ...span }
  return { ...filter, of: filter.of.map(withoutSpans), ...span }
}
