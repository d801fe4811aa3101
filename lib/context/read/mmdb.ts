import { Reader } from 'mmdb-lib'
import { formatAddress, IPV4_BASE, IPV4_LAST, parseCidr } from '@/lib/flow/address/address'
import { creditOf } from './credit'
import { EntryRefusals, type FoundSet, foundSet, RangeCollector, Unreadable } from './found'
import { asnLabel } from './rows'

const MARKER = Buffer.from('abcdef4d61784d696e642e636f6d', 'hex')
/** The metadata is within this many bytes at the end. */
const METADATA = 128 * 1024

export function isMmdb(bytes: Buffer): boolean {
  return bytes.subarray(Math.max(0, bytes.length - METADATA)).includes(MARKER)
}

/** IPv6 networks that repeat the IPv4 networks: mapped and translated addresses, Teredo, 6to4. */
const ALIASES = ['::/96', '::ffff:0.0.0.0/96', '2001::/32', '2002::/16'].map((cidr) => parseCidr(cidr)!)

type Fields = Readonly<Record<string, unknown>>

function inside(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Fields)[key] : undefined
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'bigint' ? String(value) : ''
}

function countryOf(data: unknown): string {
  const country = inside(data, 'country')
  const found = [inside(country, 'iso_code'), inside(data, 'country_code'), country, inside(inside(data, 'registered_country'), 'iso_code')]
  return (
    found
      .map(word)
      .find((code) => /^[A-Z]{2}$/i.test(code))
      ?.toUpperCase() ?? ''
  )
}

function asnOf(data: unknown): string {
  const number = word(inside(data, 'autonomous_system_number')) || word(inside(data, 'asn'))
  const org = ['autonomous_system_organization', 'as_name', 'as_organization', 'organization', 'name', 'org'].map((key) =>
    word(inside(data, key)),
  )
  return /^(AS)?\d{0,10}$/i.test(number) ? asnLabel(number, org.find((one) => one !== '') ?? '') : ''
}

/**
 * Yields every network that has data, in order.
 * @throws Unreadable if the tree has a cycle
 */
function* networks(reader: Reader<never>): Generator<{ first: bigint; last: bigint; data: unknown }> {
  const { nodeCount, ipVersion } = reader.metadata
  let left = nodeCount + 2
  function* of(first: bigint, last: bigint, width: number, base: bigint): Generator<{ first: bigint; last: bigint; data: unknown }> {
    for (let at = first; at <= last; ) {
      if (--left < 0) throw new Unreadable('its tree is damaged')
      const [data, length] = reader.getWithPrefixLength(formatAddress(at))
      const size = 1n << BigInt(width - length)
      const end = at - ((at - base) % size) + size - 1n
      if (data !== null) yield { first: at, last: end, data }
      at = end + 1n
    }
  }
  yield* of(IPV4_BASE, IPV4_LAST, 32, IPV4_BASE)
  if (ipVersion !== 6) return
  left = 2 * nodeCount + 2 * ALIASES.length
  let from = 0n
  for (const alias of ALIASES) {
    if (from < alias.first) yield* of(from, alias.first - 1n, 128, 0n)
    from = alias.last + 1n
  }
  yield* of(from, (1n << 128n) - 1n, 128, 0n)
}

/**
 * Reads MaxMind's format with the fields of MaxMind, DB-IP and IPinfo.
 * @throws Unreadable, or the library's error for a damaged file
 */
export function readMmdb(bytes: Buffer, name: string): FoundSet[] {
  const cache = new Map<string | number, unknown>()
  const reader = new Reader<never>(bytes, { cache: { get: (key) => cache.get(key), set: (key, value) => cache.set(key, value) } })
  const { databaseType, buildEpoch, nodeCount, searchTreeSize } = reader.metadata
  if (!Number.isInteger(nodeCount) || nodeCount < 0 || searchTreeSize > bytes.length)
    throw new Unreadable('its metadata does not fit its length')
  const labels = new Map<unknown, [country: string, asn: string]>()
  const [countries, asns, refusals] = [new RangeCollector(), new RangeCollector(), new EntryRefusals()]
  for (const { first, last, data } of networks(reader)) {
    let label = labels.get(data)
    if (label === undefined) {
      label = [countryOf(data), asnOf(data)]
      labels.set(data, label)
    }
    if (label[0] !== '') countries.add(first, last, label[0])
    if (label[1] !== '') asns.add(first, last, label[1])
    if (label[0] === '' && label[1] === '') refusals.add('neither country nor ASN', null, formatAddress(first))
  }
  if (countries.count === 0 && asns.count === 0)
    throw new Unreadable(`${word(databaseType) || 'the database'} tells neither country nor ASN`)
  const built = buildEpoch instanceof Date && !Number.isNaN(buildEpoch.getTime()) ? `, built ${buildEpoch.toISOString().slice(0, 10)}` : ''
  const about = `MMDB ${word(databaseType).slice(0, 100)}${built}`
  const credit = creditOf(word(databaseType)) ?? creditOf(name)
  const sets = [
    { kind: 'country' as const, ranges: countries },
    { kind: 'asn' as const, ranges: asns },
  ].filter(({ ranges }) => ranges.count > 0)
  return sets.map(({ kind, ranges }) =>
    foundSet(kind, name, about, { entries: ranges.count, refused: refusals.all, table: ranges.table(), credit }),
  )
}
