import { type AddressRange, isIPv4 } from '@/lib/flow/address/address'
import { type FilterField, isContextField } from '@/lib/flow/field/fields'
import type { Filter, Test } from '@/lib/flow/view/filter'
import type { View } from '@/lib/flow/view/view'
import type { Fact } from '@/lib/query/test/facts'
import { toldAt } from './context'
import { addressOf, networkOf } from './network'
import { noveltyReader } from './novelty'
import { onceRows } from './once'
import { scannerReader } from './scanner'

/** The filter language read plainly, one fact at a time; the SQL must give the same result. */

const PROTO_NUMBERS: Record<string, number> = { tcp: 6, udp: 17 }
const PROTO_WORDS: Record<string, string> = { icmp: '1', icmpv6: '58' }

export function numbersOf(fact: Fact, field: FilterField): number[] {
  if (field === 'sport' || field === 'dport') return [fact[field]]
  if (field === 'port') return [fact.sport, fact.dport]
  if (field === 'bytes') return [(fact.bytesSent ?? 0) + (fact.bytesReceived ?? 0)]
  if (field === 'packets') return [(fact.packetsSent ?? 0) + (fact.packetsReceived ?? 0)]
  const proto = PROTO_NUMBERS[fact.proto] ?? Number(fact.proto)
  return field === 'proto' && proto <= 255 ? [proto] : []
}

export function addressesOf(fact: Fact, field: FilterField): string[] {
  if (field === 'ip') return [fact.src, fact.dst]
  return field === 'src' || field === 'dst' ? [fact[field]] : []
}

function textsOf(fact: Fact, field: FilterField): string[] {
  if (field === 'acl') return [fact.acl, fact.acl.split('/').at(-1)!]
  if (field === 'log') return [fact.log, fact.logName]
  if (field === 'enc') return [fact.enc ?? 'none']
  return field === 'rule' || field === 'mac' ? [fact[field]] : []
}

function wordsOf(fact: Fact, field: FilterField): string[] {
  if (field === 'format') return [fact.format, fact.format.split('-')[0]!]
  if (field === 'state') return [(fact.state ?? 'none').toLowerCase()]
  return field === 'proto' || field === 'action' || field === 'dir' ? [fact[field].toLowerCase()] : []
}

const patterns = new WeakMap<readonly string[], RegExp>()

function like(parts: readonly string[], text: string): boolean {
  let pattern = patterns.get(parts)
  if (!pattern) {
    pattern = new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]*')}$`, 'i')
    patterns.set(parts, pattern)
  }
  return pattern.test(text)
}

/** Tells what depends on other facts than the one. */
interface Others {
  isScanner: ReturnType<typeof scannerReader>
  isNovel: ReturnType<typeof noveltyReader>
}

/** Compares the context of an end, or `none`, which wildcards do not match; a subnet also matches by its own name. */
function isTold(fact: Fact, field: FilterField, test: Test): boolean {
  return toldAt(fact, field).some((texts) => {
    if (test.kind === 'numbers') return texts.some((text) => test.first <= Number(text) && Number(text) <= test.last)
    if (test.kind === 'word') return texts.includes(test.word)
    if (test.kind !== 'name') return false
    if (test.parts.length === 1 && test.parts[0]!.toLowerCase() === 'none') return texts.length === 0
    return texts.some((text) => like(test.parts, text) || (/subnet$/.test(field) && like(test.parts, text.split('/').at(-1)!)))
  })
}

/** IPv4 addresses are within the numbers of IPv6, whose networks contain none of them. */
function isOverlapping(network: AddressRange, asked: AddressRange): boolean {
  const [v4, last4] = [addressOf('0.0.0.0'), addressOf('255.255.255.255')]
  const pieces = isIPv4(network.first)
    ? [network]
    : [
        { first: network.first, last: network.last < v4 || network.first > last4 ? network.last : v4 - 1n },
        { first: network.last < v4 || network.first > last4 ? network.first : last4 + 1n, last: network.last },
      ]
  return isIPv4(network.first) === isIPv4(asked.first) && pieces.some(({ first, last }) => asked.first <= last && first <= asked.last)
}

function passes(fact: Fact, field: FilterField, test: Test, others: Others): boolean {
  if (isContextField(field)) return isTold(fact, field, test)
  if (test.kind === 'numbers') return numbersOf(fact, field).some((value) => test.first <= value && value <= test.last)
  if (test.kind === 'word') return wordsOf(fact, field).includes((field === 'proto' && PROTO_WORDS[test.word]) || test.word)
  if (test.kind === 'name') return textsOf(fact, field).some((text) => like(test.parts, text))
  if (test.kind === 'scanner') return others.isScanner(fact.src, test.scanner)
  if (test.kind === 'novelty') return others.isNovel(fact, test.novelty)
  if (test.kind === 'list') return false
  const network = networkOf(fact, field)
  if (network && test.kind === 'addresses') return isOverlapping(network, test)
  return addressesOf(fact, field).some((text) => {
    const address = addressOf(text)
    return test.first <= address && address <= test.last
  })
}

function matches(fact: Fact, filter: Filter, others: Others): boolean {
  if (filter.op === 'match') return filter.tests.some((test) => passes(fact, filter.field, test, others))
  if (filter.op === 'not') return !matches(fact, filter.of, others)
  if (filter.op === 'and') return filter.of.every((part) => matches(fact, part, others))
  return filter.of.some((part) => matches(fact, part, others))
}

/** True if a fact is within the view's range, logs and sources, without the filter. */
export function inRange(fact: Fact, view: View, sources: readonly string[] | null): boolean {
  const time = Date.parse(fact.time)
  const flushed = Date.parse(fact.recordTime)
  if (time < view.from || time >= view.to) return false
  if (view.asof !== null && flushed > view.asof) return false
  if (sources && !sources.includes(fact.source)) return false
  return view.logs.length === 0 || view.logs.includes(fact.log)
}

export function naiveRows(facts: readonly Fact[], view: View, sources: readonly string[] | null): Fact[] {
  const range = facts.filter((fact) => inRange(fact, view, sources))
  const before = (from: number) => facts.filter((fact) => inRange(fact, { ...view, from, to: view.from }, sources))
  const others = { isScanner: scannerReader(range), isNovel: noveltyReader(view, before) }
  const { filter } = view
  const rows = filter ? range.filter((fact) => matches(fact, filter, others)) : range
  return view.once ? onceRows(rows) : rows
}
