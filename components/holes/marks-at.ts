import type { Mark } from './marks'

/** What is marked at a time [from, to), one sentence each. Epoch milliseconds. */
export function marksAt(marks: readonly Mark[], from: number, to: number): string[] {
  return [...new Set(marks.filter((mark) => mark.from < to && mark.to > from).map(({ about }) => about))]
}
