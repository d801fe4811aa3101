import type { Mark } from './marks'

/** The marks in [from, to), one sentence each. Epoch milliseconds. */
export function marksAt(marks: readonly Mark[], from: number, to: number): string[] {
  return [...new Set(marks.filter((mark) => mark.from < to && mark.to > from).map(({ about }) => about))]
}
