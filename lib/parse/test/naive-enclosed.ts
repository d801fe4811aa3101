/** Decodes the raw text (latin1, without its quotes) of a JSON string that begins at `from`: its bytes, and the source position of each. */
export function naiveEnclosed(raw: string, from: number): { bytes: Buffer; places: number[] } {
  const parts: Buffer[] = []
  const places: number[] = []
  for (const { 0: token, index } of raw.matchAll(/\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\[^u]|[^\\]/gs)) {
    const part = token[0] === '\\' ? Buffer.from((JSON.parse(`"${token}"`) as string).toWellFormed()) : Buffer.from(token, 'latin1')
    parts.push(part)
    for (let i = 0; i < part.length; i++) places.push(from + index)
  }
  return { bytes: Buffer.concat(parts), places }
}
