/**
 * Splits a list of places at white space as a shell splits words: `"…"` and `'…'` keep white space together, and `\` escapes white space, a quote or a
 * backslash. Before any other character, and anywhere in `'…'`, a backslash is an ordinary character, so Windows paths need no escapes.
 * @throws Error without the text, which may hold a secret: it names the place by its number, and the position from 1
 */
export function splitPlaces(text: string): string[] {
  const places: string[] = []
  let place: string | null = null
  let quote: { mark: string; at: number } | null = null
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!
    const next = text[i + 1]
    if (quote?.mark === "'") {
      if (character === "'") quote = null
      else place += character
    } else if (character === '\\' && next !== undefined && (quote === null ? /[ \t\r\n\f\v"'\\]/ : /["\\]/).test(next)) {
      place = (place ?? '') + next
      i++
    } else if (quote !== null) {
      if (character === '"') quote = null
      else place += character
    } else if (character === '"' || character === "'") {
      quote = { mark: character, at: i }
      place ??= ''
    } else if (/[ \t\r\n\f\v]/.test(character)) {
      if (place !== null) places.push(place)
      place = null
    } else place = (place ?? '') + character
  }
  if (quote !== null) throw new Error(`place ${places.length + 1} opens ${quote.mark} at character ${quote.at + 1} and does not close it`)
  if (place !== null) places.push(place)
  if (places.includes('')) throw new Error(`place ${places.indexOf('') + 1} is empty`)
  return places
}
