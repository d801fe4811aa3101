import { Unreadable } from './found'

/** Largest text file that is read. Bytes. */
const LARGEST_TEXT = 256 * 1024 ** 2

/**
 * Decodes the text of a file: UTF-8, or UTF-16 as PowerShell writes it.
 * @throws Unreadable
 */
export function textOf(bytes: Buffer): string {
  if (bytes.length > LARGEST_TEXT) throw new Unreadable(`it is larger than ${LARGEST_TEXT / 1024 ** 2} MiB`)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2)
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
      .swap16()
      .toString('utf16le')
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  if (bytes.subarray(0, 4096).includes(0)) throw new Unreadable('it is neither text nor an MMDB file')
  return bytes.toString('utf8', start)
}

/** Splits a line at its delimiters; quotes may contain delimiters, and `""` in them is a quote. */
export function cells(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim())
  const found: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!
    if (character === '"') {
      if (quoted && line[i + 1] === '"') {
        cell += '"'
        i++
      } else quoted = !quoted
    } else if (character === delimiter && !quoted) {
      found.push(cell.trim())
      cell = ''
    } else cell += character
  }
  return [...found, cell.trim()]
}

/** Yields the lines of a text with their numbers from 1, without blank lines and lines that are only a comment. */
export function* lines(text: string): Generator<{ line: string; number: number }> {
  let number = 1
  for (let at = 0; at < text.length; number++) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end < 0 ? text.length : end).trim()
    if (line !== '' && line[0] !== '#' && line[0] !== ';' && !line.startsWith('//')) yield { line, number }
    at = end < 0 ? text.length : end + 1
  }
}

/** Returns the number of the line, from 1, on which a text first occurs in another, or null. */
export function lineOf(text: string, sought: string): number | null {
  const at = text.indexOf(sought)
  if (at < 0) return null
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++
  return line
}
