import type { Mark } from './marks'

/** CSS position of a mark in a box as wide as [from, to); never too thin to be seen. */
export function placeMark(mark: Pick<Mark, 'from' | 'to'>, from: number, to: number): { left: string; width: string } {
  const start = Math.max(mark.from, from)
  const end = Math.min(mark.to, to)
  const share = (ms: number) => `${(ms / (to - from)) * 100}%`
  return { left: share(start - from), width: `max(3px, ${share(end - start)})` }
}
