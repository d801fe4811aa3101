/** Integers from `first` to `last`, both included. */
export interface Range {
  first: bigint
  last: bigint
}

/** Ranges in their order, none of which touches the next. */
export type Ranges = readonly Range[]

/** The same integers as ranges in any order, in order. */
export function rangesOf(some: readonly Range[]): Ranges {
  const sorted = [...some].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))
  const found: Range[] = []
  for (const { first, last } of sorted) {
    const before = found.at(-1)
    if (before === undefined || before.last + 1n < first) found.push({ first, last })
    else if (before.last < last) before.last = last
  }
  return found
}

/** What lies in all of them. */
export function intersection(some: readonly Ranges[]): Ranges {
  const [head = [], ...rest] = some
  return rest.reduce((left, right) => {
    const found: Range[] = []
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

/** What of `within` does not lie in them. */
export function complement(ranges: Ranges, within: Range): Ranges {
  const found: Range[] = []
  let next = within.first
  for (const { first, last } of ranges) {
    if (next < first) found.push({ first: next, last: first - 1n })
    next = last + 1n
  }
  if (next <= within.last) found.push({ first: next, last: within.last })
  return found
}
