import type { Zone } from '@/components/parts/format/time'
import { Problem } from '@/lib/flow/problem'
import type { Span } from '@/lib/flow/view/filter'
import type { AskedRange } from '@/lib/flow/view/view'
import { parseRange } from './parse-range'

/** The typed range, or its error with the characters to mark; the span reaches past the text if something is missing at its end. */
export type TypedRange = { range: AskedRange } | { range: null; message: string; span: Span }

export function entryOf(text: string, here: { now: number; zone: Zone }): TypedRange {
  try {
    return { range: parseRange(text, here) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const at = error.at ?? 0
    const word = /^[^\s.]+/.exec(text.slice(at))?.[0].length ?? 1
    return { range: null, message: error.message, span: { at, end: at + word } }
  }
}
