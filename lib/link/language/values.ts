import { ADDRESS_LAST, type AddressRange, isIPv4, parseAddress, parseCidr } from '@/lib/flow/address/address'
import { NET_WORDS, scopeRanges } from '@/lib/flow/address/scope'
import { NONE } from '@/lib/flow/field/context'
import { type Field, type FieldType, type FilterField, fieldOf } from '@/lib/flow/field/fields'
import { readNovelty } from '@/lib/flow/field/novelty'
import { readScanner } from '@/lib/flow/field/scan'
import { PROTOCOL_WORDS } from '@/lib/flow/tuple/protocols'
import { portsOf } from '@/lib/flow/tuple/services'
import type { Test } from '@/lib/flow/view/filter'
import { LIST_NAME } from '@/lib/flow/view/list-name'
import { nearest } from './did-you-mean'
import type { Item, Operator, Term } from './lex'
import { filterProblem } from './problem'

const PORT_LAST = 65_535
export const PROTO_LAST = 255
/** RFC 6793. */
const ASN_LAST = 4_294_967_295
const COUNT_LAST = Number.MAX_SAFE_INTEGER

const EXPECTED: Record<FieldType, string> = {
  address: 'an address, a CIDR or a range such as 10.0.0.1..10.0.0.9',
  port: `a port from 0 to ${PORT_LAST}, or a service such as rdp`,
  count: 'a whole number, or one such as 10k, 5M or 2GiB',
  proto: `tcp, udp, icmp, icmpv6 or a number from 0 to ${PROTO_LAST}`,
  word: 'a word',
  name: 'a name',
  mac: 'twelve hex digits, or fewer with *',
  scanner: 'any, a kind such as brute, kept-out or let-in, then @24 by prefix and @5/20/50 for other thresholds where wanted',
  novelty: 'fields such as src, dport or src+dst, then @1d, @30d or @prev for another time before the range than 7d',
  asn: 'a number such as 8075 or AS8075, a range, or none',
  time: 'an instant',
  id: 'an id',
}

/** Returns the largest number that a field can hold. */
export function lastOf(type: FieldType): number {
  if (type === 'asn') return ASN_LAST
  return type === 'port' ? PORT_LAST : type === 'proto' ? PROTO_LAST : COUNT_LAST
}

function plain(item: Item): string {
  return item.segments.length === 1 ? item.segments[0]!.text : item.segments.map((segment) => segment.text).join('')
}

function isQuoted(item: Item): boolean {
  return item.segments.every((segment) => segment.quoted)
}

/** Splits `a..b` into its two ends with their positions; null for any other text. */
function ends(item: Item): { low: string; high: string; lowAt: number; highAt: number } | null {
  const text = plain(item)
  const dots = text.indexOf('..')
  if (dots < 0 || item.segments.length !== 1) return null
  const at = item.at + (item.segments[0]!.quoted ? 1 : 0)
  return { low: text.slice(0, dots), high: text.slice(dots + 2), lowAt: at, highAt: at + dots + 2 }
}

function readAddress(text: string, at: number): bigint {
  const address = parseAddress(text)
  if (address !== null) return address
  throw filterProblem(text === '' ? 'expected an address here' : `${text} is no address; expected one such as 10.0.0.1 or 2001:db8::1`, at)
}

function readAddresses(item: Item): Test {
  const range = ends(item)
  if (range) {
    const first = readAddress(range.low, range.lowAt)
    const last = readAddress(range.high, range.highAt)
    if (isIPv4(first) !== isIPv4(last))
      throw filterProblem('a range cannot reach from IPv4 to IPv6; expected the same family', range.highAt)
    if (first > last) throw filterProblem(`the range is reversed; expected an address from ${range.low} on`, range.highAt)
    return { kind: 'addresses', first, last }
  }
  const text = plain(item)
  const cidr: AddressRange | null = parseCidr(text)
  if (cidr && cidr.first >= 0n && cidr.last <= ADDRESS_LAST) return { kind: 'addresses', ...cidr }
  if (text.includes('*'))
    throw filterProblem(`${text}: addresses take no *; expected a CIDR such as 10.0.0.0/8`, item.at + text.indexOf('*'))
  const slash = text.indexOf('/')
  if (slash > 0 && parseAddress(text.slice(0, slash)) !== null)
    throw filterProblem(`${text} is no CIDR; expected a prefix length from 0 to ${text.includes(':') ? 128 : 32}`, item.at + slash + 1)
  throw filterProblem(`${text} is no address; expected ${EXPECTED.address}`, item.at)
}

/** Reads `10k`, `1.5M` and `2G` in thousands, `1KiB` and the like in units of 1,024; NaN for any other text. */
function scaled(text: string): number {
  const found = /^(\d{1,12}(?:\.\d{1,6})?)([kmgt])(i?)b?$/i.exec(text)
  if (!found) return Number.NaN
  const power = 'kmgt'.indexOf(found[2]!.toLowerCase()) + 1
  return Math.round(Number(found[1]) * (found[3] === '' ? 1000 : 1024) ** power)
}

function readNumber(text: string, field: Field, at: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : field.type === 'count' ? scaled(text) : Number.NaN
  if (value <= lastOf(field.type)) return value
  throw filterProblem(`${text === '' ? 'a number is missing' : `${text} is out of place`}; expected ${EXPECTED[field.type]}`, at)
}

function readNumbers(item: Item, field: Field): Test {
  const range = ends(item)
  if (!range) {
    const value = readNumber(plain(item), field, item.at)
    return { kind: 'numbers', first: value, last: value }
  }
  const first = readNumber(range.low, field, range.lowAt)
  const last = readNumber(range.high, field, range.highAt)
  if (first > last) throw filterProblem(`the range is reversed; expected a number from ${first} on`, range.highAt)
  return { kind: 'numbers', first, last }
}

function readComparison(item: Item, field: Field, operator: Operator): Test {
  const value = readNumber(plain(item), field, item.at)
  const last = lastOf(field.type)
  if (operator === '>=') return { kind: 'numbers', first: value, last }
  if (operator === '<=') return { kind: 'numbers', first: 0, last: value }
  if (operator === '>') {
    if (value === last) throw filterProblem(`nothing is above ${value}; expected a number below it`, item.at)
    return { kind: 'numbers', first: value + 1, last }
  }
  if (value === 0) throw filterProblem('nothing is below 0; expected a number above it', item.at)
  return { kind: 'numbers', first: 0, last: value - 1 }
}

/** Reads a word. An undocumented token needs quotes, so that a typo is not accepted as one. */
function readWord(item: Item, field: Field): Test {
  const word = plain(item).toLowerCase()
  const words = field.words ?? []
  if (words.includes(word) || (field.name === 'state' && isQuoted(item) && word !== '')) return { kind: 'word', word }
  const near = nearest(word, words)
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`
  throw filterProblem(`${plain(item)} is no ${field.name}; expected ${words.join(', ')}${hint}`, item.at)
}

function readProto(item: Item, field: Field): Test {
  const word = plain(item).toLowerCase()
  if (PROTOCOL_WORDS.has(word) || (isQuoted(item) && word !== '' && !(Number(word) <= PROTO_LAST))) return { kind: 'word', word }
  return readNumbers(item, field)
}

/** Returns the parts between the wildcards of a name; adjacent wildcards count as one. */
export function readParts(item: Item): string[] {
  const [first] = item.segments
  if (item.segments.length === 1 && (first!.quoted || !first!.text.includes('*'))) return [first!.text]
  const parts = ['']
  for (const segment of item.segments) {
    const [head = '', ...rest] = segment.quoted ? [segment.text] : segment.text.split('*')
    parts[parts.length - 1] += head
    parts.push(...rest)
  }
  return parts.filter((part, i) => part !== '' || i === 0 || i === parts.length - 1)
}

function readMac(item: Item): Test {
  const parts = readParts(item).map((part) => part.replace(/[:.-]/g, '').toUpperCase())
  const wrong = parts.find((part) => !/^[0-9A-F]*$/.test(part))
  if (wrong !== undefined || (!isQuoted(item) && parts.length === 1 && parts[0]!.length < 12))
    throw filterProblem(`${plain(item)} is no MAC; expected ${EXPECTED.mac}`, item.at)
  return { kind: 'name', parts }
}

function readScannerItem(item: Item, field: Field): Test {
  const text = plain(item)
  const scanner = readScanner(text)
  if (scanner) return { kind: 'scanner', scanner }
  const [word = ''] = text.split('@')
  if (field.words!.includes(word.toLowerCase()))
    throw filterProblem(`${text.slice(word.length)} is out of place; expected ${EXPECTED.scanner}`, item.at + word.length)
  const near = nearest(word, field.words!)
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`
  throw filterProblem(`${text} is no scanner; expected ${field.words!.join(', ')}${hint}`, item.at)
}

function readNoveltyItem(item: Item, field: Field): Test {
  const text = plain(item)
  const novelty = readNovelty(text)
  if (novelty) return { kind: 'novelty', novelty }
  const [names = ''] = text.split('@')
  const known = new Set<string>()
  let at = item.at
  for (const name of names.toLowerCase().split('+')) {
    const near = nearest(name, field.words!)
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`
    if (!field.words!.includes(name))
      throw filterProblem(`${name || 'Nothing'} cannot be told to be new; expected ${field.words!.join(', ')}${hint}`, at)
    if (known.has(name)) throw filterProblem(`${name} occurs twice; expected different fields`, at)
    known.add(name)
    at += name.length + 1
  }
  throw filterProblem(`${text.slice(names.length)} is out of place; expected ${EXPECTED.novelty}`, item.at + names.length)
}

function readAsn(item: Item, field: Field): Test {
  if (plain(item).toLowerCase() === NONE) return { kind: 'name', parts: [NONE] }
  const bare = item.segments.map((segment) => ({ ...segment, text: segment.text.replace(/(^|\.\.)as(?=\d)/gi, '$1') }))
  return readNumbers({ ...item, segments: bare }, field)
}

/** Reads words that stand for several values: a service for its ports, a kind of address for its ranges. */
function readWords(item: Item, field: Field): Test[] {
  if (field.type !== 'port' && field.type !== 'address') return []
  const word = isQuoted(item) ? '' : plain(item).toLowerCase()
  if (field.type === 'port') return portsOf(word).map((port) => ({ kind: 'numbers', first: port, last: port }))
  const scope = field.type === 'address' && !field.block ? NET_WORDS.find((known) => known === word) : undefined
  return scope === undefined ? [] : scopeRanges(scope).map((range) => ({ kind: 'addresses', ...range }))
}

/** `$NAME` without quotes. */
function readList(item: Item): Test | null {
  const text = plain(item)
  if (item.segments[0]!.quoted || !text.startsWith('$')) return null
  const name = text.slice(1)
  if (LIST_NAME.test(name)) return { kind: 'list', name }
  throw filterProblem(`${text} is no name of a saved list; expected letters, digits, - and _ after the $, or quotes around it`, item.at)
}

function readTests(item: Item, field: Field): Test[] {
  const list = readList(item)
  if (list) return [list]
  const words = readWords(item, field)
  return words.length > 0 ? words : [readItem(item, field)]
}

function readItem(item: Item, field: Field): Test {
  if (field.type === 'asn') return readAsn(item, field)
  if (field.type === 'address') return readAddresses(item)
  if (field.type === 'port' || field.type === 'count') return readNumbers(item, field)
  if (field.type === 'proto') return readProto(item, field)
  if (field.type === 'word') return readWord(item, field)
  if (field.type === 'mac') return readMac(item)
  if (field.type === 'scanner') return readScannerItem(item, field)
  if (field.type === 'novelty') return readNoveltyItem(item, field)
  return { kind: 'name', parts: readParts(item) }
}

function readBare(items: Item[]): { field: FilterField; tests: Test[] } {
  const [first, ...more] = items
  const text = plain(first!)
  if (!isQuoted(first!)) {
    if (/^\d+(\.\.\d+)?$/.test(text)) return { field: 'port', tests: items.map((item) => readNumbers(item, fieldOf('port'))) }
    if (/^\[?[0-9a-f]*:/i.test(text) || /^[\d*]+\.[\d.*/]*$/.test(text) || text.includes('/'))
      return { field: 'ip', tests: items.map(readAddresses) }
    const operator = /[:<>=!]/.exec(text)
    if (operator)
      throw filterProblem(
        `${operator[0]} is out of place; expected a field before it, written like dport:443 or bytes>1000, or quotes around the word`,
        first!.at + operator.index,
      )
  }
  if (readList(first!)) throw filterProblem('a saved list needs its field; expected one such as src:$NAME', first!.at)
  if (more.length > 0) throw filterProblem('a list of words needs its field; expected one such as rule:a,b', first!.end)
  if (text === '') throw filterProblem('nothing stands between the quotes; expected a part of a rule name', first!.at)
  const parts = ['', ...readParts(first!), '']
  return { field: 'rule', tests: [{ kind: 'name', parts: parts.filter((part, i) => part !== '' || i === 0 || i === parts.length - 1) }] }
}

/**
 * Reads the field and the alternatives of a term.
 * @throws Problem `ask` at the wrong character
 */
export function readTerm(term: Term): { field: FilterField; tests: Test[] } {
  if (!term.match) return readBare(term.items)
  const { field: name, operator, at } = term.match
  const field = fieldOf(name)
  if ([':', '=', '==', '!='].includes(operator)) return { field: name, tests: term.items.flatMap((item) => readTests(item, field)) }
  if (field.type !== 'port' && field.type !== 'count')
    throw filterProblem(`${name} has no order; expected : and ${EXPECTED[field.type]}`, at)
  if (term.items.length > 1) throw filterProblem(`${operator} takes one number; expected no list here`, term.items[0]!.end)
  return { field: name, tests: [readComparison(term.items[0]!, field, operator)] }
}
