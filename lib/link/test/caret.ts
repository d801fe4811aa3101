/** Splits a text with `|` as the caret into the text and the caret's position. */
export function atCaret(marked: string): { text: string; caret: number } {
  const caret = marked.indexOf('|')
  return { text: marked.replace('|', ''), caret }
}
