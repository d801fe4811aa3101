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

/** The word that takes the fewest edits to become `text` (Levenshtein); the first of equals. */
export function nearest(text: string, words: readonly string[]): string | undefined {
  const typed = text.toLowerCase()
  let best: { word: string; edits: number } | undefined
  for (const word of words) {
    const edits = distance(typed, word.toLowerCase())
    if (!best || edits < best.edits) best = { word, edits }
  }
  return best?.word
}
