import { IPV4_BASE, isIPv4 } from '@/lib/flow/address/address'

/** A label of a range. */
export interface Label {
  text: string
  /** It applies only to tuples before this instant (epoch milliseconds), or always if null. */
  until: number | null
}

/** One range of a file; both ends included. */
export interface LabelledRange {
  first: bigint
  last: bigint
  /** Position in the labels. */
  label: number
}

/** Disjoint ranges of one address family in order, and the number of the stack of labels that covers each. */
export interface FamilyRanges<Bounds> {
  first: Bounds
  last: Bounds
  stack: Uint32Array
}

/**
 * The ranges of a file, which may overlap, flattened: each address is in at most one range, whose stack lists all labels that cover it, narrowest first. IPv4
 * bounds are 32-bit, IPv6 bounds are two 64-bit halves, the higher one first. It consists of typed arrays and texts, so a thread can transfer it.
 */
export interface RangeTable {
  ipv4: FamilyRanges<Uint32Array>
  ipv6: FamilyRanges<BigUint64Array>
  labels: Label[]
  /**
   * Stack `i` is `stackLabels` from `stackStarts[i]` to `stackStarts[i + 1]`; `stackSizes` are the numbers of addresses in the original range of each label.
   */
  stackStarts: Uint32Array
  stackLabels: Uint32Array
  stackSizes: Float64Array
}

/** Maximum number of steps: this many for each range, but never less than the second number; deeply nested ranges would need the square of their number. */
const STEPS = 64
const LEAST_STEPS = 4_000_000

export class TooNested extends Error {}

interface Active extends LabelledRange {
  size: number
}

/** Gives a number to each distinct stack. */
class Stacks {
  private readonly numbers = new Map<string, number>()
  private readonly starts: number[] = [0]
  private readonly members: number[] = []
  private readonly sizes: number[] = []

  constructor(private readonly labels: readonly Label[]) {}

  private order(a: Active, b: Active): number {
    if (a.size !== b.size) return a.size - b.size
    const [left, right] = [this.labels[a.label]!, this.labels[b.label]!]
    return left.text < right.text ? -1 : left.text > right.text ? 1 : a.label - b.label
  }

  numberOf(active: readonly Active[]): number {
    const ordered = active.length === 1 ? active : [...active].sort((a, b) => this.order(a, b))
    const own = ordered.filter(({ label }, i) => i === 0 || ordered.findIndex((other) => other.label === label) === i)
    const key = own.map(({ label, size }) => `${label} ${size}`).join(',')
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    const number = this.numbers.size
    this.numbers.set(key, number)
    for (const { label, size } of own) {
      this.members.push(label)
      this.sizes.push(size)
    }
    this.starts.push(this.members.length)
    return number
  }

  packed(): Pick<RangeTable, 'stackStarts' | 'stackLabels' | 'stackSizes'> {
    return {
      stackStarts: Uint32Array.from(this.starts),
      stackLabels: Uint32Array.from(this.members),
      stackSizes: Float64Array.from(this.sizes),
    }
  }
}

interface Flat {
  first: bigint
  last: bigint
  stack: number
}

function inOrder(ranges: readonly LabelledRange[]): readonly LabelledRange[] {
  const sorted = ranges.every((range, i) => i === 0 || ranges[i - 1]!.first <= range.first)
  return sorted ? ranges : [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))
}

function* flat(ranges: readonly LabelledRange[], stacks: Stacks): Generator<Flat> {
  const sorted = inOrder(ranges)
  let steps = Math.max(LEAST_STEPS, STEPS * sorted.length)
  let active: Active[] = []
  let next = 0
  let at = 0n
  while (next < sorted.length || active.length > 0) {
    if (active.length === 0) at = sorted[next]!.first
    for (; next < sorted.length && sorted[next]!.first === at; next++) {
      const { first, last, label } = sorted[next]!
      active.push({ first, last, label, size: Number(last - first) + 1 })
    }
    let end = active[0]!.last
    for (const { last } of active) if (last < end) end = last
    const following = sorted[next]
    if (following && following.first <= end) end = following.first - 1n
    // Sorting and comparing a stack costs more than its length.
    steps -= active.length * active.length
    if (steps < 0) throw new TooNested()
    yield { first: at, last: end, stack: stacks.numberOf(active) }
    active = active.filter(({ last }) => last > end)
    at = end + 1n
  }
}

/** @throws TooNested if ranges are nested so deeply that flattening would take too long */
export function flatten(ranges: readonly LabelledRange[], labels: Label[]): RangeTable {
  const stacks = new Stacks(labels)
  const [ipv4, ipv6]: [Flat[], Flat[]] = [[], []]
  for (const piece of flat(ranges, stacks)) {
    const family = isIPv4(piece.first) && isIPv4(piece.last) ? ipv4 : ipv6
    const before = family.at(-1)
    if (before && before.stack === piece.stack && before.last + 1n === piece.first) before.last = piece.last
    else family.push(piece)
  }
  const narrow = (bound: 'first' | 'last') => Uint32Array.from(ipv4, (piece) => Number(piece[bound] - IPV4_BASE))
  const wide = (bound: 'first' | 'last') => {
    const halves = new BigUint64Array(ipv6.length * 2)
    ipv6.forEach((piece, i) => {
      halves[i * 2] = piece[bound] >> 64n
      halves[i * 2 + 1] = piece[bound] & 0xffff_ffff_ffff_ffffn
    })
    return halves
  }
  return {
    ipv4: { first: narrow('first'), last: narrow('last'), stack: Uint32Array.from(ipv4, ({ stack }) => stack) },
    ipv6: { first: wide('first'), last: wide('last'), stack: Uint32Array.from(ipv6, ({ stack }) => stack) },
    labels,
    ...stacks.packed(),
  }
}
