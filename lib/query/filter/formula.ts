import type { Wanted } from '@/lib/context/wanted'
import type { ContextName } from '@/lib/flow/field/context'
import type { Novelty } from '@/lib/flow/field/novelty'
import type { ScannerTerm } from '@/lib/flow/field/scan'
import { complement, type IntegerRange, type IntegerRanges, intersection, rangesOf } from './ranges'

/** Columns that a row itself has, as integers. */
export type RowColumn = 'src' | 'dst' | 'sport' | 'dport' | 'proto' | 'dir' | 'action' | 'state' | 'packets' | 'bytes'

/** Properties of a row's group; `proto` and `state` are the tokens that the group keeps as written. */
export type GroupField = 'rule' | 'acl' | 'enc' | 'mac' | 'log' | 'format' | 'proto' | 'state'

/**
 * A filter without `not`, without an `and` directly in an `and`, and without an `or` directly in an `or`. Among the operands is at most one condition for each
 * column, at most one on each field of the group that any of its names may match, and none that is always true or false.
 */
export type Formula =
  | boolean
  | { op: 'and'; of: readonly Formula[] }
  | { op: 'or'; of: readonly Formula[] }
  | { op: 'within'; column: RowColumn; ranges: IntegerRanges }
  | { op: 'named'; field: GroupField; names: NamePatterns; not: boolean }
  | { op: 'scanner'; scanners: readonly ScannerTerm[]; not: boolean }
  | { op: 'novelty'; novelty: Novelty; not: boolean }
  /** The context of one of a row's ends. */
  | { op: 'known'; end: 'src' | 'dst'; name: ContextName; wanted: Wanted; not: boolean }
  /** A condition that depends only on a row's group, once `parted` (parts.ts) has separated it: the number of the part. */
  | { op: 'group'; part: number }

/** Names by the texts between their wildcards: any of them may match. */
export type NamePatterns = readonly (readonly string[])[]

type Within = Extract<Formula, { op: 'within' }>
type Named = Extract<Formula, { op: 'named' }>
type OfScanner = Extract<Formula, { op: 'scanner' }>
type Several = 'and' | 'or'

const CODE: IntegerRange = { first: 0n, last: 255n }
const PORT: IntegerRange = { first: 0n, last: 65_535n }
const ADDRESS: IntegerRange = { first: 0n, last: (1n << 128n) - 1n }
/** Range of an engine's sums. */
const COUNT: IntegerRange = { first: -(1n << 63n), last: (1n << 63n) - 1n }

/** All values that a column may have. */
export const DOMAINS: Readonly<Record<RowColumn, IntegerRange>> = {
  src: ADDRESS,
  dst: ADDRESS,
  sport: PORT,
  dport: PORT,
  proto: PORT,
  dir: CODE,
  action: CODE,
  state: CODE,
  packets: COUNT,
  bytes: COUNT,
}

export function within(column: RowColumn, ranges: IntegerRanges, not = false): Formula {
  const domain = DOMAINS[column]
  const held = not ? complement(ranges, domain) : ranges
  const [only] = held
  if (only === undefined) return false
  return held.length === 1 && only.first <= domain.first && domain.last <= only.last ? true : { op: 'within', column, ranges: held }
}

function flat(op: Several, parts: readonly Formula[]): Formula[] {
  const found: Formula[] = []
  for (const part of parts) {
    if (typeof part === 'object' && part.op === op) for (const one of part.of) found.push(one)
    else found.push(part)
  }
  return found
}

function byKey<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return [...groups.values()]
}

function joinedRanges(op: Several, some: readonly Within[]): Formula {
  const { column } = some[0]!
  if (some.length === 1) return some[0]!
  if (op === 'or') return within(column, rangesOf(some.flatMap(({ ranges }) => ranges)))
  const [few, many] = [some.filter(({ ranges }) => ranges.length <= 1), some.filter(({ ranges }) => ranges.length > 1)]
  if (many.length <= 2) return within(column, intersection(some.map(({ ranges }) => ranges)))
  // All complements are joined first: that needs one sort instead of one pass for each.
  const outside = many.flatMap(({ ranges }) => complement(ranges, DOMAINS[column]))
  return within(column, intersection([...few.map(({ ranges }) => ranges), complement(rangesOf(outside), DOMAINS[column])]))
}

/** True if two operands can be merged into one with the alternatives of both. */
function isAlternative(op: Several, not: boolean): boolean {
  return not === (op === 'and')
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}

function distinctNames(names: NamePatterns): NamePatterns {
  const whole = new Map(names.filter((parts) => parts.length === 1).map((parts) => [parts[0]!, parts]))
  return [...whole.values(), ...distinct(names.filter((parts) => parts.length > 1))]
}

/** Returns the condition that a field of the group has any of these names. */
export function named(field: GroupField, names: NamePatterns): Formula {
  return names.length === 0 ? false : { op: 'named', field, names: distinctNames(names), not: false }
}

function joinedNames(op: Several, some: readonly Named[]): Formula[] {
  const { field, not } = some[0]!
  if (some.length === 1) return [some[0]!]
  if (!isAlternative(op, not)) return distinct(some)
  return [{ op: 'named', field, not, names: distinctNames(some.flatMap(({ names }) => names)) }]
}

function joinedScanners(op: Several, some: readonly OfScanner[]): Formula[] {
  const { not } = some[0]!
  if (!isAlternative(op, not)) return distinct(some)
  const scanners = distinct(some.flatMap((one) => one.scanners))
  return byKey(scanners, ({ group }) => group).map((same) => ({ op: 'scanner', scanners: same, not }))
}

function ofOp<Op extends 'within' | 'named' | 'scanner'>(op: Op, parts: readonly Formula[]): Extract<Formula, { op: Op }>[] {
  return parts.filter((part): part is Extract<Formula, { op: Op }> => typeof part === 'object' && part.op === op)
}

/** True if nothing in a few operands can be put together or left out, as in most of thousands of small terms. */
function isApart(op: Several, parts: readonly Formula[]): boolean {
  return (
    parts.length > 0 &&
    parts.length <= 4 &&
    parts.every((part, i) => {
      if (typeof part !== 'object' || part.op === op || part.op === 'named' || part.op === 'scanner') return false
      if (part.op === 'within') for (let j = 0; j < i; j++) if ((parts[j] as Within).column === part.column) return false
      return true
    })
  )
}

/** Joins formulas by `and` or `or`, simplified as far as possible. */
export function joined(op: Several, parts: readonly Formula[]): Formula {
  const decides = op === 'or'
  if (isApart(op, parts)) return parts.length === 1 ? parts[0]! : { op, of: parts }
  const all = flat(op, parts).filter((part) => part !== !decides)
  if (all.includes(decides)) return decides
  const found = [
    ...byKey(ofOp('within', all), ({ column }) => column).map((some) => joinedRanges(op, some)),
    ...byKey(ofOp('named', all), ({ field, not }) => `${field} ${not}`).flatMap((some) => joinedNames(op, some)),
    ...byKey(ofOp('scanner', all), ({ not }) => String(not)).flatMap((some) => joinedScanners(op, some)),
    ...all.filter((part) => typeof part === 'object' && !['within', 'named', 'scanner'].includes(part.op)),
  ].filter((part) => part !== !decides)
  if (found.includes(decides)) return decides
  if (found.length === 0) return !decides
  return found.length === 1 ? found[0]! : { op, of: found }
}

/** True if a formula depends only on a row's group. */
export function isOfGroup(formula: Formula): boolean {
  if (typeof formula === 'boolean') return false
  return formula.op === 'and' || formula.op === 'or' ? formula.of.every(isOfGroup) : formula.op === 'named'
}
