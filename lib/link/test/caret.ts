/** A text with `|` where the caret stands. */
export function atCaret(marked: string): { text: string; caret: number } {
  const caret = marked.indexOf('|')
  return { text: marked.replace('|', ''), caret }
}
