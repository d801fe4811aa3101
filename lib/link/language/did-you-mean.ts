function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}

/** Returns the word that takes the fewest edits (Levenshtein) to become `text`, unless half of the text would have to change. */
export function nearest(text: string, words: readonly string[]): string | undefined {
  const typed = text.toLowerCase()
  const [best] = words.map((word) => ({ word, edits: distance(typed, word.toLowerCase()) })).sort((a, b) => a.edits - b.edits)
  return best && best.edits <= Math.max(1, typed.length / 2) ? best.word : undefined
}

/** Returns `did you mean WORD?`, or the list of known words if none is near. */
export function didYouMean(text: string, words: readonly string[]): string {
  const near = nearest(text, words)
  return near === undefined ? `expected one of ${words.join(', ')}` : `did you mean ${near}?`
}
