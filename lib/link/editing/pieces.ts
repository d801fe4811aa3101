import type { Span } from '@/lib/flow/view/filter'

/** A part of a filter that is being typed: a parenthesis, a leading minus, or everything up to the next space or parenthesis. */
export interface FilterPiece extends Span {
  kind: '(' | ')' | '-' | '!' | 'word'
}

const SPACE = /\s*/y
/** A quote that is not closed yet extends to the end. */
const WORD = /(?:[^\s()"]|"(?:[^"\\]|\\[\s\S]?)*(?:"|$))+/y

function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** Splits a filter that may be incomplete or wrong; `lex` splits only valid ones. */
export function cut(text: string): FilterPiece[] {
  const pieces: FilterPiece[] = []
  for (let at = after(SPACE, text, 0); at < text.length; ) {
    const character = text[at]!
    const kind = character === '(' || character === ')' || character === '-' || character === '!' ? character : 'word'
    const end = kind === 'word' ? after(WORD, text, at) : at + 1
    pieces.push({ kind, at, end })
    at = after(SPACE, text, end)
  }
  return pieces
}

/** Returns the number of parentheses that are open before a position. */
export function openAt(pieces: readonly FilterPiece[], place: number): number {
  let open = 0
  for (const { kind, end } of pieces) {
    if (end > place) break
    if (kind === '(') open++
    else if (kind === ')') open = Math.max(0, open - 1)
  }
  return open
}
