import { type AddressScope, scopeRanges } from '@/lib/flow/address/scope'
import { NONE } from '@/lib/flow/field/context'
import { fieldOf } from '@/lib/flow/field/fields'
import { PROTOCOL_WORDS } from '@/lib/flow/tuple/protocols'
import { ACTIONS, DIRECTIONS, FORMATS, PROTO_OTHER, STATE_OTHER, STATES } from '@/lib/flow/tuple/tuple'
import type { Filter, Test } from '@/lib/flow/view/filter'
import { type Formula, type GroupField, joined, named, type RowColumn, within } from './formula'
import { networksOver } from './networks'
import { type IntegerRange, rangesOf } from './ranges'

type Match = Extract<Filter, { op: 'match' }>
type Word = Extract<Match['field'], 'dir' | 'action' | 'state' | 'proto'>

const ENDS: Readonly<Partial<Record<Match['field'], readonly RowColumn[]>>> = { ip: ['src', 'dst'], port: ['sport', 'dport'] }

const codes = (words: readonly string[]) => new Map(words.map((word, code) => [word, code]))

/** Codes by word, and the code of a token that the group keeps as written. */
const WORDS: Readonly<Record<Word, { codes: ReadonlyMap<string, number>; other?: number }>> = {
  dir: { codes: codes(DIRECTIONS) },
  action: { codes: codes(ACTIONS) },
  state: { codes: codes(STATES.slice(0, STATE_OTHER)), other: STATE_OTHER },
  proto: { codes: PROTOCOL_WORDS, other: PROTO_OTHER },
}

function isWord(field: Match['field']): field is Word {
  return Object.hasOwn(WORDS, field)
}

function equal(column: RowColumn, code: number): Formula {
  return within(column, [{ first: BigInt(code), last: BigInt(code) }])
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

function ofFormats(words: readonly string[]): Formula {
  const formats = FORMATS.filter((format) => words.some((word) => format === word || format.startsWith(`${word}-`)))
  return named(
    'format',
    formats.map((format) => [format]),
  )
}

/** Converts tests on the context of one end, or of either. */
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

/** Converts a single address or number of one column, which filters hold by the thousand; null for any other term. */
function ofSingle({ field, tests }: Match): Formula | null {
  const [test] = tests
  if (tests.length !== 1 || (test!.kind !== 'addresses' && test!.kind !== 'numbers')) return null
  const { block, context } = fieldOf(field)
  if (block || context || ENDS[field]) return null
  const first = BigInt(test!.first)
  return within(field as RowColumn, [{ first, last: test!.first === test!.last ? first : BigInt(test!.last) }])
}

/** Converts addresses or numbers. */
function ofSpans({ field, tests }: Match): Formula[] {
  const { block } = fieldOf(field)
  const asked: IntegerRange[] = []
  for (const test of tests)
    if (test.kind === 'addresses' || test.kind === 'numbers') asked.push({ first: BigInt(test.first), last: BigInt(test.last) })
  if (asked.length === 0) return []
  const ranges = rangesOf(block ? asked.flatMap((range) => networksOver(range, block.size)) : asked)
  if (block) return [within(block.end, ranges)]
  const ends = ENDS[field]
  return ends ? ends.map((column) => within(column, ranges)) : [within(field as RowColumn, ranges)]
}

function ofMatch(match: Match): Formula {
  const single = ofSingle(match)
  if (single !== null) return single
  const { field, tests } = match
  const { context } = fieldOf(field)
  if (tests.some(({ kind }) => kind === 'list')) throw new Error('Saved lists are put into a filter before it is asked')
  if (context) return ofContext(context, tests)
  const parts = ofSpans(match)
  for (const { scanner } of ofKind(tests, 'scanner')) parts.push({ op: 'scanner', scanners: [scanner], not: false })
  for (const { novelty } of ofKind(tests, 'novelty')) parts.push({ op: 'novelty', novelty, not: false })
  const names = ofKind(tests, 'name').map(({ parts }) => parts)
  if (names.length > 0) parts.push(named(field as GroupField, names))
  const words = ofKind(tests, 'word').map(({ word }) => word)
  if (words.length > 0) parts.push(isWord(field) ? ofWord(field, words) : ofFormats(words))
  return joined('or', parts)
}

function negated(formula: Formula): Formula {
  if (typeof formula === 'boolean') return !formula
  if (formula.op === 'and' || formula.op === 'or') return joined(formula.op === 'and' ? 'or' : 'and', formula.of.map(negated))
  if (formula.op === 'within') return within(formula.column, formula.ranges, true)
  return formula.op === 'group' ? formula : { ...formula, not: !formula.not }
}

/** Merges terms of one field into one term if they are alternatives: `a or b`, and `-a -b`, which is neither. */
function gathered({ op, of }: Extract<Filter, { op: 'and' | 'or' }>): readonly Filter[] {
  if (!of.some((one) => one.op === (op === 'or' ? 'match' : 'not'))) return of
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

/** Converts a filter: resolves every `not` and joins its lists. */
export function formulaOf(filter: Filter, not = false): Formula {
  if (filter.op === 'not') return formulaOf(filter.of, !not)
  if (filter.op === 'match') return not ? negated(ofMatch(filter)) : ofMatch(filter)
  const parts = gathered(filter).map((part) => formulaOf(part, not))
  return joined(not === (filter.op === 'and') ? 'or' : 'and', parts)
}
