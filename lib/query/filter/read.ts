import { type AddressScope, scopeRanges } from '@/lib/flow/address/scope'
import { NONE } from '@/lib/flow/context'
import { fieldOf, PROTOCOL_WORDS } from '@/lib/flow/fields'
import type { Filter, Test } from '@/lib/flow/filter'
import { ACTIONS, DIRECTIONS, FORMATS, PROTO_OTHER, STATE_OTHER, STATES } from '@/lib/flow/tuple'
import { type Column, type Formula, type GroupField, joined, type Names, within } from './formula'
import { networksOver } from './networks'
import { rangesOf } from './ranges'

type Match = Extract<Filter, { op: 'match' }>
type Word = Extract<Match['field'], 'dir' | 'action' | 'state' | 'proto'>

const ENDS: Readonly<Partial<Record<Match['field'], readonly Column[]>>> = { ip: ['src', 'dst'], port: ['sport', 'dport'] }

const codes = (words: readonly string[]) => new Map(words.map((word, code) => [word, code]))

/** Codes by their word, and the code of a token that the group keeps as written. */
const WORDS: Readonly<Record<Word, { codes: ReadonlyMap<string, number>; other?: number }>> = {
  dir: { codes: codes(DIRECTIONS) },
  action: { codes: codes(ACTIONS) },
  state: { codes: codes(STATES.slice(0, STATE_OTHER)), other: STATE_OTHER },
  proto: { codes: PROTOCOL_WORDS, other: PROTO_OTHER },
}

function isWord(field: Match['field']): field is Word {
  return Object.hasOwn(WORDS, field)
}

function equal(column: Column, code: number): Formula {
  return within(column, [{ first: BigInt(code), last: BigInt(code) }])
}

function named(field: GroupField, names: Names): Formula {
  return names.length === 0 ? false : { op: 'named', field, names, not: false }
}

function ofWord(field: Word, words: readonly string[]): Formula {
  const { codes, other } = WORDS[field]
  const known = words.flatMap((word) => codes.get(word) ?? []).map((code) => equal(field, code))
  if (other === undefined) return joined('or', known)
  const written = named(
    field as GroupField,
    words.map((word) => [word]),
  )
  return joined('or', [...known, joined('and', [equal(field, other), written])])
}

function ofKind<Kind extends Test['kind']>(tests: readonly Test[], kind: Kind): Extract<Test, { kind: Kind }>[] {
  return tests.filter((test): test is Extract<Test, { kind: Kind }> => test.kind === kind)
}

/** Tests of what context tells of one end, or of either. */
function ofContext({ name, end }: NonNullable<ReturnType<typeof fieldOf>['context']>, tests: readonly Test[]): Formula {
  const ends = end === null ? (['src', 'dst'] as const) : [end]
  if (name === 'net') {
    const ranges = rangesOf(ofKind(tests, 'word').flatMap(({ word }) => scopeRanges(word as AddressScope)))
    return joined(
      'or',
      ends.map((one) => within(one, ranges)),
    )
  }
  const numbers = ofKind(tests, 'numbers')
  const parts = ofKind(tests, 'name').map((test) => test.parts)
  const isNone = ([only, ...more]: readonly string[]) => more.length === 0 && only?.toLowerCase() === NONE
  const names = parts.filter((one) => !isNone(one))
  return joined(
    'or',
    ends.flatMap((one): Formula[] => [
      ...(names.length + numbers.length > 0
        ? [{ op: 'known', end: one, name, wanted: { any: false, names, numbers }, not: false } as const]
        : []),
      ...(parts.some(isNone) ? [{ op: 'known', end: one, name, wanted: { any: true, names: [], numbers: [] }, not: true } as const] : []),
    ]),
  )
}

function ofMatch({ field, tests }: Match): Formula {
  const { context, block } = fieldOf(field)
  if (context) return ofContext(context, tests)
  const spans = [...ofKind(tests, 'addresses'), ...ofKind(tests, 'numbers')]
  const asked = spans.map(({ first, last }) => ({ first: BigInt(first), last: BigInt(last) }))
  const ranges = rangesOf(block ? asked.flatMap((range) => networksOver(range, block.size)) : asked)
  const columns = block ? [block.end] : (ENDS[field] ?? [field as Column])
  const words = ofKind(tests, 'word').map(({ word }) => word)
  const formats = FORMATS.filter((format) => words.some((word) => format === word || format.startsWith(`${word}-`)))
  const parts: Formula[] = [
    ...(ranges.length > 0 ? columns.map((column) => within(column, ranges)) : []),
    ...ofKind(tests, 'scanner').map(({ scanner }): Formula => ({ op: 'scanner', scanners: [scanner], not: false })),
    named(
      field as GroupField,
      ofKind(tests, 'name').map(({ parts }) => parts),
    ),
    ...(words.length === 0
      ? []
      : isWord(field)
        ? [ofWord(field, words)]
        : [
            named(
              'format',
              formats.map((format) => [format]),
            ),
          ]),
  ]
  return joined('or', parts)
}

function negated(formula: Formula): Formula {
  if (typeof formula === 'boolean') return !formula
  if (formula.op === 'and' || formula.op === 'or') return joined(formula.op === 'and' ? 'or' : 'and', formula.of.map(negated))
  if (formula.op === 'within') return within(formula.column, formula.ranges, true)
  return formula.op === 'group' ? formula : { ...formula, not: !formula.not }
}

/** Terms of one field beside each other as one term, as far as they are alternatives: `a or b`, and `-a -b`, which is neither. */
function gathered({ op, of }: Extract<Filter, { op: 'and' | 'or' }>): Filter[] {
  const found: Filter[] = []
  const byField = new Map<string, Match[]>()
  for (const one of of) {
    const match = op === 'or' ? one : one.op === 'not' ? one.of : null
    if (match?.op !== 'match') found.push(one)
    else {
      const same = byField.get(match.field)
      if (same) same.push(match)
      else byField.set(match.field, [match])
    }
  }
  for (const [first, ...more] of byField.values()) {
    const match: Match = { ...first!, tests: [first!, ...more].flatMap(({ tests }) => tests) }
    found.push(op === 'or' ? match : { op: 'not', of: match, at: match.at, end: match.end })
  }
  return found
}

/** A filter with every `not` resolved and its lists put together. */
export function formulaOf(filter: Filter, not = false): Formula {
  if (filter.op === 'not') return formulaOf(filter.of, !not)
  if (filter.op === 'match') return not ? negated(ofMatch(filter)) : ofMatch(filter)
  const parts = gathered(filter).map((part) => formulaOf(part, not))
  return joined(not === (filter.op === 'and') ? 'or' : 'and', parts)
}
