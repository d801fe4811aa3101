import type { ResolvedView } from '@/lib/flow/answer/answer'
import type { AskedRange } from '@/lib/flow/view/view'

/** A range that the reader agreed to read: as written in the link, and its instants at that time (epoch milliseconds). */
export interface Agreement {
  range: AskedRange
  from: number
  to: number
}

export function agreementTo(range: AskedRange, { from, to }: Pick<ResolvedView, 'from' | 'to'>): Agreement {
  return { range, from: Date.parse(from), to: Date.parse(to) }
}

function isSame(a: AskedRange, b: AskedRange): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** True if a range may be read without asking: the reader agreed to it, or to one that contains it. */
export function isAgreed(agreements: readonly Agreement[], range: AskedRange): boolean {
  return agreements.some((one) => {
    if (isSame(one.range, range)) return true
    return range.kind === 'fixed' && range.to !== null && range.from >= one.from && range.to <= one.to
  })
}
