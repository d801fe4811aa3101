/** Returns a test whether a name matches `parts` with anything between them, ignoring case. */
export function matcherOf(parts: readonly string[]): (name: string) => boolean {
  const [head = '', ...rest] = parts.map((part) => part.toLowerCase())
  const tail = rest.pop()
  return (name) => {
    const text = name.toLowerCase()
    if (tail === undefined) return text === head
    if (!text.startsWith(head)) return false
    let at = head.length
    for (const part of rest) {
      const found = text.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return text.length - tail.length >= at && text.endsWith(tail)
  }
}

/** True if a name matches `parts`. */
export function matchesParts(parts: readonly string[], name: string): boolean {
  return matcherOf(parts)(name)
}
