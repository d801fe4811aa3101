import { Problem } from '@/lib/flow/problem'
import type { Span } from '@/lib/flow/view/filter'
import { parseFilter } from '@/lib/link/language/parse'

/** Placeholder term for one that is being typed. */
const STAND_IN = 'x'

/** An error of a filter with its message and the characters to mark; the span reaches past the text if something is missing at its end. */
export interface Mistake {
  message: string
  span: Span
}

/** The first error of a filter, or null. */
export function mistakeIn(text: string): Mistake | null {
  try {
    parseFilter(text)
    return null
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const at = error.at ?? 0
    const rest = /^[^\s(),]+/.exec(text.slice(at))?.[0].length ?? 1
    return { message: error.message.replace(/^Filter: /, ''), span: { at, end: at + rest } }
  }
}

/** The first error, ignoring the word that is being typed and anything that may follow at the end. */
export function mistakeApartFrom(text: string, word: Span | null): Mistake | null {
  const length = word === null ? 0 : word.end - word.at
  const rest = word === null || length === 0 ? text : text.slice(0, word.at) + STAND_IN.padEnd(length) + text.slice(word.end)
  const mistake = mistakeIn(rest)
  return mistake === null || mistake.span.at >= text.trimEnd().length ? null : mistake
}
