import type { Span } from '@/lib/flow/filter'
import { Problem } from '@/lib/flow/problem'
import { parseFilter } from '@/lib/link/parse'

/** Why a filter cannot be asked, said beside it, and the characters to mark; the span reaches past the text where something is missing at its end. */
export interface Mistake {
  message: string
  span: Span
}

/** The first mistake of a filter, or null. */
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

/** The same, but for what is still being typed at the caret. */
export function mistakeApartFrom(text: string, word: Span | null): Mistake | null {
  const mistake = mistakeIn(text)
  const typing =
    mistake !== null && (mistake.span.at >= text.length || (word !== null && word.at <= mistake.span.at && mistake.span.at <= word.end))
  return typing ? null : mistake
}
