/** A record as readable JSON, and the position of the tuple's line in it: characters [at, end), without the quotes. */
export interface RecordText {
  text: string
  at: number
  end: number
}

function occurrences(text: string, part: string): number[] {
  const found: number[] = []
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) found.push(at)
  return found
}

/**
 * Formats a record and finds one of its lines. `offset` is the line's first byte, counted from the start of the record; it distinguishes lines that Azure wrote
 * twice. A record that is not JSON stays raw. Returns null if the line is not in it.
 */
export function layOutRecord(record: string, line: string, offset: number): RecordText | null {
  const quoted = JSON.stringify(line)
  const before = new TextDecoder().decode(new TextEncoder().encode(record).subarray(0, offset)).length
  const which = occurrences(record, quoted).filter((at) => at + 1 < before).length
  const text = layOut(record)
  const at = occurrences(text, quoted)[which]
  return at === undefined ? null : { text, at: at + 1, end: at + quoted.length - 1 }
}

function layOut(record: string): string {
  try {
    return JSON.stringify(JSON.parse(record), null, 2)
  } catch (error) {
    if (error instanceof SyntaxError) return record
    throw error
  }
}
