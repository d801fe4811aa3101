import type { IntegerRange, IntegerRanges } from './ranges'

/** Blocks of one size: the values whose bits, shifted right by `bits`, are among `keys`. */
export interface Blocks {
  bits: number
  keys: readonly bigint[]
}

/** Blocks of several sizes; if a size has only a few blocks, they are kept as ranges. */
export interface BlockCover {
  blocks: readonly Blocks[]
  ranges: IntegerRanges
}

/** Maximum number of blocks, and the number of blocks up to which fewer sizes are better than fewer blocks. */
const MOST = 65_536
const ENOUGH = 16_384
/** Number of ranges that are as good as blocks. */
const FEW = 3

/** Returns the place of the highest bit of a value above 0. */
function bitsOf(value: bigint): number {
  if (value <= 0xffff_ffffn) return 31 - Math.clz32(Number(value))
  const hex = value.toString(16)
  return hex.length * 4 - 1 - (Math.clz32(Number.parseInt(hex[0]!, 16)) - 28)
}

/** Divides a range into the largest possible blocks, by size. Returns their number. */
function cut({ first, last }: IntegerRange, into: Map<number, bigint[]>): number {
  let found = 0
  for (let at = first; at <= last; ) {
    const room = at === last ? 0 : bitsOf(last - at + 1n)
    const bits = room === 0 || at === 0n ? room : Math.min(room, bitsOf(at & -at))
    const same = into.get(bits)
    if (same) same.push(at)
    else into.set(bits, [at])
    at += 1n << BigInt(bits)
    found++
  }
  return found
}

/** Sizes to keep, and the number of blocks that they need. */
interface Choice {
  kept: readonly number[]
  blocks: number
}

/** Chooses the sizes to keep, smallest first: as few as possible, and then those that need the fewest blocks. */
function sizesFor(sizes: readonly number[], counts: readonly number[], most: number): Choice {
  for (let few = 1; few < most; few++) {
    const found = fewest(sizes, counts, few)
    if (found.blocks <= ENOUGH) return found
  }
  return fewest(sizes, counts, most)
}

/** Each choice is made once for the rest of the sizes: a prefix without one of its addresses alone has up to 128 of them. */
function fewest(sizes: readonly number[], counts: readonly number[], most: number): Choice {
  const made = new Map<number, Choice>()
  const best = (from: number, left: number): Choice => {
    const place = from * (most + 1) + left
    const known = made.get(place)
    if (known !== undefined) return known
    let found: Choice = { kept: [], blocks: Number.POSITIVE_INFINITY }
    let own = 0
    for (let to = from; to < sizes.length; to++) {
      own += counts[to]! * 2 ** (sizes[to]! - sizes[from]!)
      if (to + 1 < sizes.length && left === 1) continue
      const rest = to + 1 < sizes.length ? best(to + 1, left - 1) : { kept: [], blocks: 0 }
      if (own + rest.blocks < found.blocks) found = { kept: [sizes[from]!, ...rest.kept], blocks: own + rest.blocks }
    }
    made.set(place, found)
    return found
  }
  return best(0, most)
}

/**
 * Divides ranges of integers from 0 on into blocks of at most `most` sizes; larger blocks are cut to the next smaller size. Null if that takes too many blocks.
 */
export function coverOf(ranges: IntegerRanges, most: number): BlockCover | null {
  const bySize = new Map<number, bigint[]>()
  let found = 0
  for (const range of ranges) {
    found += cut(range, bySize)
    if (found > MOST) return null
  }
  const rare: IntegerRange[] = []
  for (const [bits, starts] of [...bySize].sort(([, a], [, b]) => a.length - b.length)) {
    if (rare.length + starts.length > FEW) break
    for (const first of starts) rare.push({ first, last: first + (1n << BigInt(bits)) - 1n })
    bySize.delete(bits)
  }
  const sizes = [...bySize.keys()].sort((a, b) => a - b)
  const { kept, blocks } = sizesFor(
    sizes,
    sizes.map((bits) => bySize.get(bits)!.length),
    most,
  )
  if (sizes.length > 0 && blocks > MOST) return null
  const keys = new Map(kept.map((bits): [number, bigint[]] => [bits, []]))
  for (const bits of sizes) {
    const size = kept.findLast((own) => own <= bits)!
    const [own, shift, parts] = [keys.get(size)!, BigInt(size), 2 ** (bits - size)]
    for (const first of bySize.get(bits)!) for (let i = 0, key = first >> shift; i < parts; i++, key++) own.push(key)
  }
  return {
    blocks: [...keys].map(([bits, own]) => ({ bits, keys: own })),
    ranges: rare.sort((a, b) => (a.first < b.first ? -1 : 1)),
  }
}
