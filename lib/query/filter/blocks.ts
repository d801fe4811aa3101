import type { Range, Ranges } from './ranges'

/** Blocks of one size: the values that lie in them are those which, shifted by `bits`, are among `keys`. */
export interface Blocks {
  bits: number
  keys: readonly bigint[]
}

/** Few blocks of a size that no other has are better held as ranges. */
export interface Cover {
  blocks: readonly Blocks[]
  ranges: Ranges
}

/** How many blocks there may be, and up to how many a size less is worth more than fewer of them. */
const MOST = 65_536
const ENOUGH = 16_384
/** So many ranges are as good as blocks. */
const FEW = 3

function bitsOf(value: bigint): number {
  return value.toString(2).length - 1
}

/** The blocks that make up a range, each as large as can be, by their size; returns how many. */
function cut({ first, last }: Range, into: Map<number, bigint[]>): number {
  let found = 0
  for (let at = first; at <= last; ) {
    const room = bitsOf(last - at + 1n)
    const bits = at === 0n ? room : Math.min(room, bitsOf(at & -at))
    const same = into.get(bits)
    if (same) same.push(at)
    else into.set(bits, [at])
    at += 1n << BigInt(bits)
    found++
  }
  return found
}

/** Which sizes to keep, the smallest first: few of them, and then those that make the fewest blocks. */
function sizesFor(sizes: readonly number[], counts: readonly number[], most: number): { kept: number[]; blocks: number } {
  for (let few = 1; few < most; few++) {
    const found = fewest(sizes, counts, few)
    if (found.blocks <= ENOUGH) return found
  }
  return fewest(sizes, counts, most)
}

function fewest(sizes: readonly number[], counts: readonly number[], most: number): { kept: number[]; blocks: number } {
  const best = (from: number, left: number): { kept: number[]; blocks: number } => {
    let found = { kept: [] as number[], blocks: Number.POSITIVE_INFINITY }
    let own = 0
    for (let to = from; to < sizes.length; to++) {
      own += counts[to]! * 2 ** (sizes[to]! - sizes[from]!)
      if (to + 1 < sizes.length && left === 1) continue
      const rest = to + 1 < sizes.length ? best(to + 1, left - 1) : { kept: [], blocks: 0 }
      if (own + rest.blocks < found.blocks) found = { kept: [sizes[from]!, ...rest.kept], blocks: own + rest.blocks }
    }
    return found
  }
  return best(0, most)
}

/** Ranges of integers from 0 on as blocks of at most `most` sizes, larger ones cut to the next smaller size; null where that takes too many. */
export function coverOf(ranges: Ranges, most: number): Cover | null {
  const bySize = new Map<number, bigint[]>()
  let found = 0
  for (const range of ranges) {
    found += cut(range, bySize)
    if (found > MOST) return null
  }
  const rare: Range[] = []
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
    for (const first of bySize.get(bits)!)
      for (let i = 0n; i < 1n << BigInt(bits - size); i++) keys.get(size)!.push((first >> BigInt(size)) + i)
  }
  return {
    blocks: [...keys].map(([bits, own]) => ({ bits, keys: own })),
    ranges: rare.sort((a, b) => (a.first < b.first ? -1 : 1)),
  }
}
