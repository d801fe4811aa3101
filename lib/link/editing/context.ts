import { Problem } from '@/lib/flow/problem'
import type { Filter, Span } from '@/lib/flow/view/filter'
import { parseFilter } from '@/lib/link/language/parse'
import { cut, openAt } from './pieces'

/** Any term: a placeholder for the one being written. */
const STAND_IN = 'x'

function beside(filter: Filter, place: number): Filter[] {
  if (filter.op !== 'and') return []
  return filter.of.flatMap((part) => (part.at <= place && place < part.end ? beside(part, place) : [part]))
}

/**
 * Returns the part of the filter that applies to a term at `word`: the terms joined to it with `and`, as typed. Parentheses may still be open. Null if the rest
 * cannot be parsed.
 */
export function contextOf(text: string, word: Span): string | null {
  const before = text.slice(0, word.at)
  const head = /[-!]$/.test(before) ? before : `${before} `
  const whole = `${head}${STAND_IN} ${text.slice(word.end)}`
  const closed = whole + ')'.repeat(openAt(cut(whole), whole.length))
  try {
    const filter = parseFilter(closed)
    return filter === null
      ? ''
      : beside(filter, head.length)
          .map(({ at, end }) => closed.slice(at, end))
          .join(' ')
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}
