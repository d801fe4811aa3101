/** Integers from `first` to `last`, both included. */
export interface IntegerRange {
  first: bigint
  last: bigint
}

/** Ranges in order, which neither overlap nor adjoin. */
export type IntegerRanges = readonly IntegerRange[]

/** Returns the ranges in order of their beginnings. Most differ in the nearest doubles, which are compared in a fraction of the time. */
function sorted(some: readonly IntegerRange[]): IntegerRange[] {
  return some
    .map((range) => ({ range, near: Number(range.first) }))
    .sort((a, b) => a.near - b.near || (a.range.first < b.range.first ? -1 : a.range.first > b.range.first ? 1 : 0))
    .map(({ range }) => range)
}

/** Sorts and merges ranges in any order. */
export function rangesOf(some: readonly IntegerRange[]): IntegerRanges {
  if (some.length <= 1) return some
  const found: IntegerRange[] = []
  let before: IntegerRange | null = null
  for (const range of sorted(some)) {
    if (before === null || before.last + 1n < range.first) {
      before = { first: range.first, last: range.last }
      found.push(before)
    } else if (before.last < range.last) before.last = range.last
  }
  return found
}

/** Returns the integers that are in all of them. */
export function intersection(some: readonly IntegerRanges[]): IntegerRanges {
  const [head = [], ...rest] = some
  return rest.reduce((left, right) => {
    const found: IntegerRange[] = []
    for (let i = 0, j = 0; i < left.length && j < right.length; ) {
      const [a, b] = [left[i]!, right[j]!]
      const [later, sooner] = [a.first > b.first ? a : b, a.last < b.last ? a : b]
      if (later.first <= sooner.last) found.push({ first: later.first, last: sooner.last })
      if (sooner === a) i++
      else j++
    }
    return found
  }, head)
}

/** Returns the integers of `within` that are not in the ranges. */
export function complement(ranges: IntegerRanges, within: IntegerRange): IntegerRanges {
  const found: IntegerRange[] = []
  let next = within.first
  for (const { first, last } of ranges) {
    if (next < first) found.push({ first: next, last: first - 1n })
    next = last + 1n
  }
  if (next <= within.last) found.push({ first: next, last: within.last })
  return found
}
