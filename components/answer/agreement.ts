import type { ResolvedView } from '@/lib/flow/answers'
import type { AskedRange } from '@/lib/flow/view'

/** What the reader agreed to read: a range as the link says it, and its instants at that time (epoch milliseconds). */
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

/** Whether a range may be read without asking: it was agreed to in these words, or lies inside one that was. */
export function isAgreed(agreements: readonly Agreement[], range: AskedRange): boolean {
  return agreements.some((one) => {
    if (isSame(one.range, range)) return true
    return range.kind === 'fixed' && range.to !== null && range.from >= one.from && range.to <= one.to
  })
}
