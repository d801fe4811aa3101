import { MINUTE } from '@/lib/flow/time/bucket'
import type { WireCounters, WireTuple } from '../../scripts/demo/records/wire'
import type { DemoNic } from '../../scripts/demo/traffic/network'
import type { SeededRandom } from '../../scripts/demo/traffic/random'

/** A rule with its direction, decision and ports. */
interface Rule {
  name: string
  dir: 'I' | 'O'
  deny: boolean
  ports: readonly number[]
}

/** Enough rules for five to 25 tuples a group in a record of 32 KB. */
const RULES: readonly Rule[] = [
  ...Array.from({ length: 8 }, (_, i): Rule => ({ name: `UserRule_AllowSite${i}`, dir: 'I', deny: false, ports: [443, 80] })),
  ...Array.from({ length: 4 }, (_, i): Rule => ({ name: `UserRule_AllowApp${i}`, dir: 'I', deny: false, ports: [8080 + i] })),
  { name: 'DefaultRule_AllowVnetInBound', dir: 'I', deny: false, ports: [1433, 5432, 389, 88, 445] },
  { name: 'DefaultRule_AllowVnetOutBound', dir: 'O', deny: false, ports: [1433, 5432, 389, 88, 53] },
  { name: 'DefaultRule_AllowInternetOutBound', dir: 'O', deny: false, ports: [443, 123, 80] },
  ...Array.from({ length: 5 }, (_, i): Rule => ({ name: `UserRule_AllowOut${i}`, dir: 'O', deny: false, ports: [443, 8443] })),
  { name: 'UserRule_DenyRdp', dir: 'I', deny: true, ports: [3389] },
  { name: 'UserRule_DenySsh', dir: 'I', deny: true, ports: [22] },
  { name: 'UserRule_DenySmb', dir: 'I', deny: true, ports: [445, 139] },
  { name: 'DefaultRule_DenyAllInBound', dir: 'I', deny: true, ports: [] },
  { name: 'UserRule_DenyOut', dir: 'O', deny: true, ports: [25, 6667] },
]

/** Share of IPv6 tuples. */
const IPV6_SHARE = 0.04

/** An internet address; a few occur often, most rarely. */
function stranger(random: SeededRandom, six: boolean): string {
  const rank = random.next()
  const host = Math.floor(rank * rank * rank * 60_000)
  if (six) return `2001:db8:${(0x1000 + (host % 61)).toString(16)}:${(host + 1).toString(16)}::${(16 + (host % 4000)).toString(16)}`
  const mixed = (host * 40_503 + 12_289) % 131_072
  return `198.${18 + (mixed >> 16)}.${(mixed >> 8) & 255}.${mixed & 255}`
}

function neighbour(random: SeededRandom): string {
  return `10.20.${random.int(0, 3)}.${random.int(4, 67)}`
}

function counters(random: SeededRandom): WireCounters {
  const packetsSent = random.int(1, 40)
  const packetsReceived = random.int(1, 60)
  return {
    packetsSent,
    bytesSent: packetsSent * random.int(60, 900),
    packetsReceived,
    bytesReceived: packetsReceived * random.int(60, 1400),
  }
}

function row(nic: DemoNic, random: SeededRandom, time: number): WireTuple {
  const rule = random.pick(RULES)
  const inside = rule.name.includes('Vnet')
  const six = !inside && random.chance(IPV6_SHARE)
  const own = six ? nic.address6! : nic.addresses[0]!
  const other = inside ? neighbour(random) : stranger(random, six)
  const [src, dst] = rule.dir === 'I' ? [other, own] : [own, other]
  const dport = rule.ports.length > 0 ? random.pick(rule.ports) : random.int(1, 10_000)
  const proto = dport === 53 || dport === 123 ? 17 : 6
  const phase = random.next()
  const state = rule.deny ? 'D' : phase < 0.45 ? 'B' : phase < 0.6 ? 'C' : 'E'
  return {
    flow: { ends: { src, dst, sport: random.int(1024, 65_535), dport, proto }, dir: rule.dir, rule: rule.name, encrypted: false },
    time,
    state,
    counters: state === 'C' || state === 'E' ? counters(random) : null,
  }
}

/** The records that a NIC flushes at `flush` (epoch milliseconds), oldest first: tuples are between two and 62 seconds old then. */
export function minuteOf(nic: DemoNic, random: SeededRandom, flush: number, count: number): WireTuple[] {
  return Array.from({ length: count }, (_, i) => row(nic, random, flush - MINUTE - 2000 + Math.floor((i * MINUTE) / count)))
}
