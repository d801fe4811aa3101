import type { Wanted } from '@/lib/context/known'
import type { ContextName } from '@/lib/flow/context'
import type { Scanner } from '@/lib/flow/scan'
import { complement, intersection, type Range, type Ranges, rangesOf } from './ranges'

/** What a row is told by alone, as integers. */
export type Column = 'src' | 'dst' | 'sport' | 'dport' | 'proto' | 'dir' | 'action' | 'state' | 'packets' | 'bytes'

/** What a row's group is told by; `proto` and `state` are the tokens that the group keeps as written. */
export type GroupField = 'rule' | 'acl' | 'enc' | 'mac' | 'log' | 'format' | 'proto' | 'state'

/**
 * A filter without `not`, in which no `and` stands in an `and` and no `or` in an `or`. Beside each other stand at most one condition on each column, one
 * on each field of the group that any of its names may match, and none that is always true or false.
 */
export type Formula =
  | boolean
  | { op: 'and'; of: readonly Formula[] }
  | { op: 'or'; of: readonly Formula[] }
  | { op: 'within'; column: Column; ranges: Ranges }
  | { op: 'named'; field: GroupField; names: Names; not: boolean }
  | { op: 'scanner'; scanners: readonly Scanner[]; not: boolean }
  /** What context tells of one of a row's ends. */
  | { op: 'known'; end: 'src' | 'dst'; name: ContextName; wanted: Wanted; not: boolean }
  /** What is told by a row's group alone, once `parted` (parts.ts) has set it apart: the part of this number. */
  | { op: 'group'; part: number }

/** Names by what stands between their wildcards: any of them may match. */
export type Names = readonly (readonly string[])[]

type Within = Extract<Formula, { op: 'within' }>
type Named = Extract<Formula, { op: 'named' }>
type OfScanner = Extract<Formula, { op: 'scanner' }>
type Several = 'and' | 'or'

const CODE: Range = { first: 0n, last: 255n }
const PORT: Range = { first: 0n, last: 65_535n }
const ADDRESS: Range = { first: 0n, last: (1n << 128n) - 1n }
/** Whatever an engine's sum may be. */
const COUNT: Range = { first: -(1n << 63n), last: (1n << 63n) - 1n }

/** All values that a column may have. */
export const DOMAINS: Readonly<Record<Column, Range>> = {
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

export function within(column: Column, ranges: Ranges, not = false): Formula {
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
  // What lies outside of any: one sort rather than a walk for each.
  const outside = many.flatMap(({ ranges }) => complement(ranges, DOMAINS[column]))
  return within(column, intersection([...few.map(({ ranges }) => ranges), complement(rangesOf(outside), DOMAINS[column])]))
}

/** Whether two alternatives beside each other are one with the alternatives of both. */
function isAlternative(op: Several, not: boolean): boolean {
  return not === (op === 'and')
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}

function distinctNames(names: Names): Names {
  const whole = new Map(names.filter((parts) => parts.length === 1).map((parts) => [parts[0]!, parts]))
  return [...whole.values(), ...distinct(names.filter((parts) => parts.length > 1))]
}

function joinedNames(op: Several, some: readonly Named[]): Formula[] {
  const { field, not } = some[0]!
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

/** Any or all of them, put together as far as that can be done. */
export function joined(op: Several, parts: readonly Formula[]): Formula {
  const decides = op === 'or'
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

/** Whether it is told by a row's group alone. */
export function isOfGroup(formula: Formula): boolean {
  if (typeof formula === 'boolean') return false
  return formula.op === 'and' || formula.op === 'or' ? formula.of.every(isOfGroup) : formula.op === 'named'
}
