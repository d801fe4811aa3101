import { type AddressRange, isIPv4 } from './address'

/** Addresses from `first` to `last`, of which `seen` different ones are known: both ends, and what may lie between. */
export interface Seen extends AddressRange {
  seen: number
}

/** Prefixes that hold everything that was seen. */
export interface Cover {
  /** In the order of their addresses; none lies inside another. */
  prefixes: Seen[]
  /** Every address of the prefixes was seen. */
  exact: boolean
}

export interface PortRange {
  first: number
  /** Inclusive. */
  last: number
}

export interface PortCover {
  ranges: PortRange[]
  exact: boolean
}

/** A prefix of the tree of all that was seen. `sizes[j]` is how few addresses at most j + 1 prefixes below it can hold. */
interface Node extends Seen {
  halves: [Node, Node] | null
  sizes: bigint[]
}

function sizeOf({ first, last }: AddressRange): bigint {
  return last - first + 1n
}

/** The smallest prefix that holds both addresses. */
function prefixOf(first: bigint, last: bigint): AddressRange {
  const difference = first ^ last
  const host = difference === 0n ? 0n : (1n << BigInt(difference.toString(2).length)) - 1n
  return { first: first & ~host, last: last | host }
}

/** Each piece as a prefix, none inside another, in the order of their addresses. */
function asPrefixes(pieces: readonly Seen[]): Seen[] {
  const prefixes: Seen[] = []
  for (const piece of pieces.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    const next: Seen = { ...prefixOf(piece.first, piece.last), seen: piece.seen }
    for (let last = prefixes.at(-1); last && last.last >= next.first; last = prefixes.at(-1)) {
      prefixes.pop()
      if (last.first < next.first) Object.assign(next, { first: last.first, last: last.last })
      next.seen += last.seen
    }
    prefixes.push(next)
  }
  return prefixes
}

/** The sizes of a node whose prefixes are shared out between its halves, or are itself. */
function sizesOf(whole: bigint, [left, right]: readonly [Node, Node], most: number): bigint[] {
  const sizes = [whole]
  for (let total = 2; total <= Math.min(most, left.sizes.length + right.sizes.length); total++) {
    let best = sizes[total - 2]!
    for (let mine = Math.max(1, total - right.sizes.length); mine <= Math.min(total - 1, left.sizes.length); mine++) {
      const size = left.sizes[mine - 1]! + right.sizes[total - mine - 1]!
      if (size < best) best = size
    }
    sizes.push(best)
  }
  return sizes
}

function treeOf(prefixes: readonly Seen[], from: number, to: number, most: number): Node {
  const [head, tail] = [prefixes[from]!, prefixes[to - 1]!]
  if (to - from === 1) return { ...head, halves: null, sizes: [sizeOf(head)] }
  const whole = prefixOf(head.first, tail.last)
  const middle = whole.first + sizeOf(whole) / 2n
  let [low, high] = [from, to]
  while (low < high) {
    const at = (low + high) >> 1
    if (prefixes[at]!.first < middle) low = at + 1
    else high = at
  }
  const halves: [Node, Node] = [treeOf(prefixes, from, low, most), treeOf(prefixes, low, to, most)]
  return { ...whole, seen: halves[0].seen + halves[1].seen, halves, sizes: sizesOf(sizeOf(whole), halves, most) }
}

/** The fewest prefixes below a node, `most` at most, that reach its smallest size. */
function chosen(node: Node, most: number): Seen[] {
  const size = node.sizes[Math.min(most, node.sizes.length) - 1]!
  const count = node.sizes.indexOf(size) + 1
  if (count === 1 || !node.halves) return [{ first: node.first, last: node.last, seen: node.seen }]
  const [left, right] = node.halves
  for (let mine = 1; mine < count; mine++) {
    const theirs = count - mine
    if (mine > left.sizes.length || theirs > right.sizes.length) continue
    if (left.sizes[mine - 1]! + right.sizes[theirs - 1]! === size) return [...chosen(left, mine), ...chosen(right, theirs)]
  }
  throw new RangeError('the sizes of a node are not those of its halves')
}

/**
 * At most `most` prefixes for each family that hold everything seen and as few other addresses as can be, and of such sets one with the fewest
 * prefixes: exactly what was seen, where that many prefixes suffice. Pieces must not overlap; a piece is not looked into, so that many addresses can
 * be given as few pieces.
 */
export function coverAddresses(pieces: readonly Seen[], most: number): Cover {
  const prefixes = [true, false].flatMap((ipv4) => {
    const family = asPrefixes(pieces.filter(({ first }) => isIPv4(first) === ipv4))
    return family.length === 0 ? [] : chosen(treeOf(family, 0, family.length, most), most)
  })
  return {
    prefixes: prefixes.sort((a, b) => (a.first < b.first ? -1 : 1)),
    exact: prefixes.every((prefix) => sizeOf(prefix) === BigInt(prefix.seen)),
  }
}

/** At most `most` ranges that hold all ports and as few others as can be: those between the widest gaps. */
export function coverPorts(ports: readonly number[], most: number): PortCover {
  const sorted = [...new Set(ports)].sort((a, b) => a - b)
  const gaps = sorted
    .slice(1)
    .map((port, i) => ({ at: i + 1, width: port - sorted[i]! - 1 }))
    .filter(({ width }) => width > 0)
    .sort((a, b) => b.width - a.width || a.at - b.at)
  const cuts = gaps
    .slice(0, most - 1)
    .map(({ at }) => at)
    .sort((a, b) => a - b)
  const starts = sorted.length === 0 ? [] : [0, ...cuts]
  const ranges = starts.map((start, i) => ({ first: sorted[start]!, last: sorted[(starts[i + 1] ?? sorted.length) - 1]! }))
  return { ranges, exact: gaps.length < most }
}
