import { type AddressRange, isIPv4 } from './address'

/** A range of addresses; `seen` is the number of distinct addresses seen in it. Both ends of a piece were seen. */
export interface SeenRange extends AddressRange {
  seen: number
}

/** Prefixes that contain all addresses seen. */
export interface Cover {
  /** Sorted by address; none contains another. */
  prefixes: SeenRange[]
  /** True if every address of the prefixes was seen. */
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

/**
 * A prefix in the tree of all seen addresses. `sizes[j]` is the least number of addresses in at most j + 1 prefixes below it that contain all its seen
 * addresses.
 */
interface Node extends SeenRange {
  halves: [Node, Node] | null
  sizes: bigint[]
}

function sizeOf({ first, last }: AddressRange): bigint {
  return last - first + 1n
}

/** Returns the smallest prefix that contains both addresses. */
function prefixOf(first: bigint, last: bigint): AddressRange {
  const difference = first ^ last
  const host = difference === 0n ? 0n : (1n << BigInt(difference.toString(2).length)) - 1n
  return { first: first & ~host, last: last | host }
}

/** Returns each piece as a prefix, sorted by address; prefixes that contain others absorb them. */
function asPrefixes(pieces: readonly SeenRange[]): SeenRange[] {
  const prefixes: SeenRange[] = []
  for (const piece of pieces.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    const next: SeenRange = { ...prefixOf(piece.first, piece.last), seen: piece.seen }
    for (let last = prefixes.at(-1); last && last.last >= next.first; last = prefixes.at(-1)) {
      prefixes.pop()
      if (last.first < next.first) Object.assign(next, { first: last.first, last: last.last })
      next.seen += last.seen
    }
    prefixes.push(next)
  }
  return prefixes
}

/** Returns the sizes of a node: it is either one prefix itself, or divides its prefixes between its halves. */
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

function treeOf(prefixes: readonly SeenRange[], from: number, to: number, most: number): Node {
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

/** Returns the fewest prefixes below a node, at most `most`, that reach its smallest size. */
function chosen(node: Node, most: number): SeenRange[] {
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
 * Returns at most `most` prefixes for each family that contain all seen addresses and as few others as possible; of such sets, one with the fewest prefixes.
 * The cover is exact if that many prefixes suffice. Pieces must not overlap. A piece is not divided, so many addresses can be given as few pieces.
 */
export function coverAddresses(pieces: readonly SeenRange[], most: number): Cover {
  const prefixes = [true, false].flatMap((ipv4) => {
    const family = asPrefixes(pieces.filter(({ first }) => isIPv4(first) === ipv4))
    return family.length === 0 ? [] : chosen(treeOf(family, 0, family.length, most), most)
  })
  return {
    prefixes: prefixes.sort((a, b) => (a.first < b.first ? -1 : 1)),
    exact: prefixes.every((prefix) => sizeOf(prefix) === BigInt(prefix.seen)),
  }
}

/** Returns at most `most` ranges that contain all ports and as few others as possible: they are separated at the widest gaps. */
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
