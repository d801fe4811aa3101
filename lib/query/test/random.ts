import { CONTEXT_NAMES } from '@/lib/flow/field/context'
import {
  CONTEXT_FIELDS,
  FILTER_FIELDS,
  type FilterField,
  fieldOf,
  isContextField,
  KEY_FIELDS,
  type KeyField,
  ROW_FIELDS,
  type SortBy,
} from '@/lib/flow/field/fields'
import { METRICS, PATH_METRICS } from '@/lib/flow/field/metric'
import { NOVELTY_FIELDS } from '@/lib/flow/field/novelty'
import { SCAN_GROUPS, SCAN_PRESETS, SCANNER_WORDS, type ScanThresholds } from '@/lib/flow/field/scan'
import type { View } from '@/lib/flow/view/view'
import { parseFilter } from '@/lib/link/language/parse'
import { CONTEXT_VALUES } from '@/lib/query/test/naive/context'
import { type Fact, PLAIN } from './facts'

/** Random numbers of a seed (mulberry32). */
export class Dice {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!
  }

  chance(p: number): boolean {
    return this.next() < p
  }
}

const START = Date.UTC(2024, 7, 12, 10)
const HOUR = 3_600_000
export const ADDRESSES = [
  ...[
    '10.0.0.4',
    '10.0.0.5',
    '10.0.1.4',
    '10.1.0.4',
    '192.168.1.9',
    '45.155.205.9',
    '45.155.205.200',
    '45.155.7.1',
    '0.0.0.0',
    '255.255.255.255',
  ],
  ...['2001:db8::1', '2001:db8::2', '2001:db8:0:1::1', '2001:db8:1::1', 'fe80::1', '::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
]
export const PORTS = [0, 22, 53, 80, 443, 3389, 3390, 49_152, 65_535]
const PROTOS = ['tcp', 'tcp', 'udp', '1', '58', 'ESP', '300']
export const RULES = [
  'UserRule_RDP',
  'UserRule_100%',
  'userrule_rdp',
  'DefaultRule_DenyAllInBound',
  'PlatformRule',
  'unspecified',
  'Block_High*Risk',
  'a\\b "c" (d), e',
  "o'; drop table tuples --",
]
export const ACLS = [
  PLAIN.acl,
  PLAIN.acl.toUpperCase(),
  '/SUBSCRIPTIONS/S/NETWORKSECURITYGROUPS/WEB-NSG',
  '/subscriptions/s/db_nsg',
  '00000000-0000-0000-0000-000000000000',
  '',
]
export const MACS = ['002248266DB9', '002248266DBA', '000D3A', '']

export function randomFacts(dice: Dice, count: number): Fact[] {
  return Array.from({ length: count }, (_, i): Fact => {
    const action = dice.pick(['allow', 'deny'] as const)
    const format = dice.pick(['nsg-v1', 'nsg-v2', 'vnet-v4'] as const)
    const measured = dice.chance(0.4)
    const counter = () => (measured && dice.chance(0.9) ? dice.pick([0, 1, 60, 1000, 1001, 5_000_000_000]) : null)
    const time = START + dice.below(180) * 60_000 + dice.pick([0, 0, 500])
    const flushed = time + dice.below(70) * 1000
    return {
      ...PLAIN,
      time: new Date(time).toISOString(),
      recordTime: new Date(flushed).toISOString(),
      src: dice.pick(ADDRESSES),
      dst: dice.pick(ADDRESSES),
      sport: dice.pick(PORTS),
      dport: dice.pick(PORTS),
      proto: dice.pick(PROTOS),
      dir: dice.pick(['in', 'out']),
      action,
      state: format === 'nsg-v1' ? null : dice.pick(['begin', 'begin', 'continue', 'end', 'deny', 'Q', 'none ']),
      enc: format === 'vnet-v4' ? dice.pick(['X', 'NX', 'NX_FALLBACK']) : null,
      packetsSent: counter(),
      bytesSent: counter(),
      packetsReceived: counter(),
      bytesReceived: counter(),
      rule: dice.pick(RULES),
      acl: dice.pick(ACLS),
      mac: dice.pick(MACS),
      ...dice.pick([
        { log: 'log-1', logName: 'Web_log' },
        { log: 'log-2', logName: 'db log' },
        { log: 'log-3', logName: 'log-1' },
      ]),
      format,
      source: dice.pick(['folder-1', 'folder-2', 'azure-1']),
      blob: 1 + dice.below(5),
      hour: dice.chance(0.2) ? -1 : Math.floor(flushed / HOUR) * HOUR,
      offset: i * 100,
    }
  })
}

export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

const VALUES: Record<string, (dice: Dice) => string> = {
  address: (dice) =>
    dice.pick([
      () => dice.pick(ADDRESSES),
      () => `${dice.pick(ADDRESSES.slice(0, 10))}/${dice.pick([0, 8, 16, 24, 31, 32])}`,
      () => `${dice.pick(ADDRESSES.slice(10))}/${dice.pick([0, 16, 32, 48, 64, 127, 128])}`,
      () => '10.0.0.5..10.1.0.3',
      () => '2001:db8::2..2001:db8:0:ffff::',
    ])(),
  port: (dice) => dice.pick([() => String(dice.pick(PORTS)), () => '22..443', () => '3389..3390'])(),
  count: (dice) => dice.pick(['0', '60', '1001', '1..1000', '2000..5000000000', '10000000000']),
  proto: (dice) => dice.pick(['tcp', 'udp', 'icmp', 'icmpv6', '6', '17', '1..58', '"esp"', '"300"']),
  mac: (dice) => dice.pick(['002248266DB9', '00-22-48-26-6d-ba', '0022*', '*DBA', '""', '"000D3A"', '*']),
}
const THRESHOLDS = ['', '', '@usual', '@wary', '@4/3/2', '@1/1/1', '@6/99/30']
const NAMES: Record<string, (dice: Dice) => string> = {
  rule: (dice) =>
    dice.pick([
      () => quoted(dice.pick(RULES)),
      () => dice.pick(['UserRule_*', '*rdp', '*_R*P', 'UserRule?RDP', '*100%', '*%*', '*\\*', '*"*"*', '""', '*', 'Block*risk', "*'*"]),
    ])(),
  acl: (dice) =>
    dice.pick([
      () => quoted(dice.pick(ACLS)),
      () => dice.pick(['web-nsg', 'WEB*', 'db_nsg', 'db-nsg', '/subscriptions/*', '*nsg', '0000*']),
    ])(),
  enc: (dice) => dice.pick(['none', 'X', 'nx', 'NX_*', '*x']),
  log: (dice) => dice.pick(['log-1', 'web_log', '"db log"', 'log-*', '*log']),
  action: (dice) => dice.pick(['allow', 'deny']),
  dir: (dice) => dice.pick(['in', 'out']),
  state: (dice) => dice.pick(['begin', 'continue', 'end', 'deny', 'none', '"q"', '"none "', '"other"']),
  format: (dice) => dice.pick(['nsg', 'vnet', 'nsg-v1', 'nsg-v2', 'vnet-v4']),
  scanner: (dice) => {
    const word = dice.pick(SCANNER_WORDS)
    return `${word}${dice.pick(['', '', ...SCAN_GROUPS.map((group) => `@${group}`)])}${word === 'let-in' ? '' : dice.pick(THRESHOLDS)}`
  },
}

NAMES.new = (dice) => {
  const fields = [...new Set([dice.pick(NOVELTY_FIELDS), ...(dice.chance(0.4) ? [dice.pick(NOVELTY_FIELDS)] : [])])]
  return `${fields.join('+')}${dice.pick(['', '@prev', '@30m', '@2h', '@1d'])}`
}

for (const name of CONTEXT_NAMES) NAMES[`context ${name}`] = (dice) => dice.pick(CONTEXT_VALUES[name])

/** There are more context fields than others, so the others are chosen equally often as a group. */
const OTHERS = FILTER_FIELDS.filter((field) => !isContextField(field))
const OTHER_KEYS = KEY_FIELDS.filter((field) => !isContextField(field))

function randomKey(dice: Dice): KeyField {
  return dice.chance(0.3) ? dice.pick(CONTEXT_FIELDS) : dice.pick(OTHER_KEYS)
}

function typeOf(field: FilterField): string {
  const { context, block } = fieldOf(field)
  if (context) return `context ${context.name}`
  if (block) return 'address'
  if (['src', 'dst', 'ip'].includes(field)) return 'address'
  if (['sport', 'dport', 'port'].includes(field)) return 'port'
  return ['bytes', 'packets'].includes(field) ? 'count' : field
}

function randomTerm(dice: Dice): string {
  const field = dice.chance(0.3) ? dice.pick(CONTEXT_FIELDS) : dice.pick(OTHERS)
  const type = typeOf(field)
  if (type === 'count' && dice.chance(0.5)) return `${field}${dice.pick(['>', '>=', '<', '<='])}${dice.pick([1, 60, 1000, 2000])}`
  if (type === 'port' && dice.chance(0.3)) return `${field}${dice.pick(['>', '>=', '<', '<='])}${dice.pick([22, 443, 3389])}`
  const value = (VALUES[type] ?? NAMES[type] ?? NAMES[field])!
  const list = Array.from({ length: dice.pick([1, 1, 1, 2, 3]) }, () => value(dice))
  return `${field}:${list.join(',')}`
}

export function randomFilter(dice: Dice, depth = 0): string {
  const shape = depth > 2 ? 0 : dice.below(6)
  if (shape <= 1) return dice.chance(0.1) ? dice.pick(['10.0.0.4', '443', 'rdp', '2001:db8::/32', '%', '_']) : randomTerm(dice)
  if (shape === 2) return `not ${depth > 1 ? randomTerm(dice) : `(${randomFilter(dice, depth + 1)})`}`
  if (shape === 3) return `${randomFilter(dice, depth + 1)} ${randomFilter(dice, depth + 1)}`
  if (shape === 4) return `(${randomFilter(dice, depth + 1)} or ${randomFilter(dice, depth + 1)})`
  return `-${randomTerm(dice)} and (${randomFilter(dice, depth + 1)})`
}

export function randomView(dice: Dice): { view: View; sources: string[] | null } {
  const from = START + dice.pick([-HOUR, 0, 7 * 60_000, HOUR, 95 * 60_000]) + dice.pick([0, 0, 250, 31_000])
  const to = from + dice.pick([1, 60_000, 17 * 60_000, 50 * 60_000, HOUR, 4 * HOUR, 4 * HOUR, 4 * HOUR - 31_000])
  const q = dice.chance(0.8) ? randomFilter(dice) : ''
  const logs = dice.chance(0.2) ? ['log-1', dice.pick(['log-2', 'nothing'])] : []
  const asof = dice.chance(0.2) ? from + dice.below(3 * HOUR) : null
  const sources = dice.chance(0.25) ? dice.pick([['folder-1'], ['folder-2', 'azure-1'], []]) : null
  return { view: { from, to, q, filter: parseFilter(q), logs, asof, once: false }, sources }
}

export function randomBy(dice: Dice): KeyField[] {
  const first = randomKey(dice)
  const second = randomKey(dice)
  return dice.chance(0.5) || first === second ? [first] : [first, second]
}

/** Returns two to four fields, sometimes with a repetition. */
export function randomColumns(dice: Dice): KeyField[] {
  const fields = Array.from({ length: 2 + dice.below(3) }, () => randomKey(dice))
  return dice.chance(0.1) ? [...fields.slice(0, -1), fields[0]!] : fields
}

export const randomPathMetric = (dice: Dice) => dice.pick(PATH_METRICS)

export function randomSort(dice: Dice): SortBy[] {
  const fields = new Set(Array.from({ length: 1 + dice.below(3) }, () => dice.pick(ROW_FIELDS)))
  return [...fields].map((field) => ({ field, descending: dice.chance(0.5) }))
}

/** Returns a field, and the beginning of one of its values or words, or of none. */
export function randomPrefix(dice: Dice): { field: KeyField; prefix: string } {
  const field = randomKey(dice)
  const beginnings: Record<string, readonly string[]> = {
    address: ['1', '10.', '45.155.20', '2001:', '2001:db8:', '2', 'f', '::', '255.255.255.255', '10.0.0.0/8', 'x'],
    port: ['3', '33', '0', '65535', '65536', '-1'],
    count: ['1', '10', '5', '0', '06'],
    proto: ['t', 'U', '1', '58', 'es', '30'],
    mac: ['00-22', '002248266dba', '0', 'd', '22'],
    rule: ['u', 'USER', 'rdp', 'deny', 'all', 'High*', '100%', 'default', 'c"', "'"],
    acl: ['/sub', 'web', 'nsg', 'NETWORK', 'db', 'n'],
    log: ['log-', 'web', 'LOG', 'db l', '2'],
  }
  const words = beginnings[typeOf(field)] ?? ['n', 'nx', 'a', 'D', 'in', 'b', 'q', 'vnet', 'v', 'fall']
  return { field, prefix: dice.chance(0.2) ? '' : dice.pick(words) }
}

export const randomAddress = (dice: Dice) => dice.pick(ADDRESSES)
export const randomMetric = (dice: Dice) => dice.pick(METRICS)
export const randomGroup = (dice: Dice) => dice.pick(SCAN_GROUPS)
export const randomThresholds = (dice: Dice): ScanThresholds =>
  dice.pick([...Object.values(SCAN_PRESETS), { targets: 4, ports: 3, attempts: 2 }, { targets: 9, ports: 5, attempts: 1 }])
export const randomOrder = <Column extends string>(dice: Dice, columns: readonly Column[]) => ({
  column: dice.pick(columns),
  descending: dice.chance(0.5),
})
