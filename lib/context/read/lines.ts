import { readAddress, readMac, readSpan } from './bounds'
import { EntryRefusals, type FoundSet, foundSet, RangeCollector, Unreadable } from './found'
import { rowsOf } from './rows'
import { cells, lines } from './text'

/** Lines that are examined to determine a file's shape. */
const LOOKED_AT = 200

const HOST_NAME = /^(?=.*[a-z])[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?$/i

function isPlace(text: string): boolean {
  return readSpan(text) !== null || readMac(text) !== null
}

/** Parses `10.0.0.4 web01 alias # comment`, or a MAC before the name. */
function hostLine(line: string): { place: string; name: string } | null {
  const [place = '', name = ''] = line.split('#', 1)[0]!.trim().split(/\s+/)
  return HOST_NAME.test(name) && (readAddress(place) !== null || readMac(place) !== null) ? { place, name } : null
}

/** Returns the address of a line of a plain list, without the text after it. */
function listed(line: string): string {
  return line.split(/\s*[#;,]|\s\/\/|\t| (?!-|\d|:|[0-9a-f]*:)/i, 1)[0]!.trim()
}

function named(
  pairs: Iterable<{ place: string; name: string; number: number } | { wrong: string; number: number }>,
  name: string,
  about: string,
): FoundSet {
  const [ranges, refusals] = [new RangeCollector(), new EntryRefusals()]
  const macs: [string, string][] = []
  for (const pair of pairs) {
    if ('wrong' in pair) refusals.add('no address or MAC and a name', pair.number, pair.wrong)
    else {
      const mac = readMac(pair.place)
      const address = mac === null ? readAddress(pair.place) : null
      if (mac !== null) macs.push([mac, pair.name])
      else if (address !== null) ranges.add(address, address, pair.name)
    }
  }
  return foundSet('name', name, about, { entries: ranges.count + macs.length, refused: refusals.all, table: ranges.table(), macs })
}

function* hostPairs(text: string) {
  for (const { line, number } of lines(text)) {
    const pair = hostLine(line)
    yield pair ? { ...pair, number } : { wrong: line, number }
  }
}

function* cellPairs(text: string, delimiter: string) {
  let first = true
  for (const { line, number } of lines(text)) {
    const [place = '', name = ''] = cells(line, delimiter)
    const fits = HOST_NAME.test(name) && (readAddress(place) !== null || readMac(place) !== null)
    if (fits) yield { place, name, number }
    // A header is not an entry.
    else if (!first) yield { wrong: line, number }
    first = false
  }
}

function list(text: string, name: string): FoundSet {
  const [ranges, refusals] = [new RangeCollector(), new EntryRefusals()]
  for (const { line, number } of lines(text)) {
    const span = readSpan(listed(line))
    if (span) ranges.add(span.first, span.last, name)
    else refusals.add('no address, prefix or range', number, line)
  }
  return foundSet('list', name, 'list of addresses', { entries: ranges.count, refused: refusals.all, table: ranges.table() })
}

function delimiterOf(sample: readonly string[]): string | null {
  for (const delimiter of [',', '\t', ';'])
    if (sample.filter((line) => cells(line, delimiter).length > 1).length * 2 > sample.length) return delimiter
  return null
}

function share<T>(of: readonly T[], holds: (one: T) => boolean): number {
  return of.length === 0 ? 0 : of.filter(holds).length / of.length
}

/**
 * Reads the entries of a file of lines: ranges with values, names of hosts, or a plain list.
 * @throws Unreadable
 */
export function readLines(text: string, name: string): FoundSet[] {
  const sample: string[] = []
  for (const { line } of lines(text)) if (sample.push(line) >= LOOKED_AT) break
  if (sample.length === 0) throw new Unreadable('it is empty')
  if (share(sample, (line) => hostLine(line) !== null) > 0.5) return [named(hostPairs(text), name, 'hosts file')]
  const delimiter = delimiterOf(sample)
  const rows = delimiter === null ? [] : sample.map((line) => cells(line, delimiter))
  if (delimiter !== null) {
    const [head = [], ...body] = rows
    const data = isPlace(head[0] ?? '') ? rows : body
    const isNamed = ([place = '', label = '', ...rest]: string[]) =>
      rest.length === 0 &&
      HOST_NAME.test(label) &&
      !/^(as)?\d+$|^[a-z]{2}$/i.test(label) &&
      (readAddress(place) !== null || readMac(place) !== null)
    if (share(data, isNamed) > 0.5) return [named(cellPairs(text, delimiter), name, 'names by address')]
    const found = rowsOf(text, delimiter, rows, name)
    if (found) return found
  }
  if (share(sample, (line) => readSpan(listed(line)) !== null) > 0.2) return [list(text, name)]
  throw new Unreadable('its lines are neither addresses nor ranges with values')
}
