import type { FindingKind } from '@/lib/flow/finding/kinds'
import { DAY, HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { type Fact, PLAIN } from '@/lib/query/test/facts'
import type { Dice } from '@/lib/query/test/random'

export const FROM = Date.UTC(2026, 4, 11)
const BEGIN = FROM - 7 * DAY
export const TO = FROM + DAY

/** A planted case, with the ends that its finding has. */
export interface Plant {
  kind: FindingKind
  strength: 'weak' | 'plain' | 'strong'
  /** The ends that the finding must have; missing ones may be anything. */
  ends: { src?: string; dst?: string; dport?: number }
  mac?: string
}

export interface FindingWorld {
  facts: Fact[]
  plants: Plant[]
  /** Addresses that are on a list. */
  listed: string[]
  /** Addresses that occur only in planted cases: other findings about them are no mistake. */
  strangers: Set<string>
}

interface Host {
  address: string
  mac: string
  log: string
  format: Fact['format']
}

const between = (dice: Dice, low: number, high: number) => low + dice.below(high - low + 1)
const publicAddress = (dice: Dice) => `${between(dice, 20, 99)}.${dice.below(256)}.${dice.below(256)}.${between(dice, 1, 254)}`

/** Writes rows as NICs would log them. */
class Pen {
  readonly facts: Fact[] = []

  constructor(private readonly dice: Dice) {}

  row(time: number, at: Host, fact: Partial<Fact>): void {
    const moment = Math.floor(time / 1000) * 1000
    const flushed = moment + between(this.dice, 2, 60) * 1000
    this.facts.push({
      ...PLAIN,
      ...{ time: new Date(moment).toISOString(), recordTime: new Date(flushed).toISOString(), hour: Math.floor(flushed / HOUR) * HOUR },
      ...{ mac: at.mac, log: at.log, format: at.format, blob: 1 + (Number(at.mac.slice(-2)) % 8), offset: this.facts.length * 10 },
      ...{ sport: between(this.dice, 40_000, 60_000), rule: 'DefaultRule_AllowInternetOutBound' },
      ...fact,
    })
  }

  /** Writes an allowed flow: its begin, a row every five minutes, and its end, with its bytes spread over them. */
  flow(time: number, at: Host, fact: Partial<Fact>, { sent, received, ms }: { sent: number; received: number; ms: number }): void {
    const sport = between(this.dice, 40_000, 60_000)
    this.row(time, at, { sport, ...fact, state: 'begin' })
    const parts = Math.floor(ms / (5 * MINUTE)) + 1
    const share = { bytesSent: Math.round(sent / parts), bytesReceived: Math.round(received / parts), packetsSent: 1, packetsReceived: 1 }
    for (let i = 1; i < parts; i++) this.row(time + i * 5 * MINUTE, at, { sport, ...fact, ...share, state: 'continue' })
    this.row(time + ms, at, { sport, ...fact, ...share, state: 'end' })
  }

  out(time: number, from: Host, dst: string, dport: number, size: { sent: number; received: number; ms: number }, proto = 'tcp'): void {
    this.flow(time, from, { dir: 'out', src: from.address, dst, dport, proto }, size)
  }

  /** Writes a flow inside the network, which both NICs log. */
  inside(time: number, from: Host, to: Host, dport: number, proto = 'tcp'): void {
    const size = { sent: 2000, received: 4000, ms: between(this.dice, 1, 40) * 1000 }
    const ends = { src: from.address, dst: to.address, dport, proto, sport: between(this.dice, 40_000, 60_000) }
    this.flow(time, from, { ...ends, dir: 'out' }, size)
    this.flow(time + between(this.dice, 0, 900), to, { ...ends, dir: 'in' }, size)
  }

  denied(time: number, at: Host, src: string, dport: number): void {
    const rule = 'DefaultRule_DenyAllInBound'
    this.row(time, at, { dir: 'in', src, dst: at.address, dport, action: 'deny', state: at.format === 'vnet-v4' ? 'deny' : 'begin', rule })
  }
}

const SMALL = { sent: 1500, received: 6000, ms: 2000 }

/**
 * Writes days of ordinary traffic, with patterns that have misled detections: probes, clocks, agents, backups, long flows, updates from ever new addresses,
 * noise.
 */
function background(dice: Dice, pen: Pen, hosts: readonly Host[]): void {
  const [dc, jump, config, web, database, build, nightly] = hosts as [Host, Host, Host, Host, Host, Host, Host]
  const monitor = publicAddress(dice)
  const clock = publicAddress(dice)
  const offices = [publicAddress(dice), publicAddress(dice)]
  const peer = publicAddress(dice)
  const backup = publicAddress(dice)
  const backupSize = between(dice, 600, 3000) * 1e6
  const rotates = dice.chance(0.5)
  const updates = Array.from({ length: 24 }, () => publicAddress(dice))
  const services = hosts.map(() => Array.from({ length: between(dice, 1, 6) }, () => publicAddress(dice)))
  const isOn = (host: Host, time: number) => host !== nightly || (time % DAY >= 7 * HOUR && time % DAY < 19 * HOUR)
  for (let time = BEGIN; time < TO; time += 5 * MINUTE) {
    const hour = (time % DAY) / HOUR
    const busy = hour >= 7 && hour < 19
    for (const [i, host] of hosts.entries()) {
      if (!isOn(host, time)) continue
      pen.out(time + i * 7000 + dice.below(4000), host, monitor, 443, SMALL)
      if ((time / MINUTE + i * 5) % 60 === 0)
        pen.out(time + dice.below(MINUTE), host, clock, 123, { sent: 90, received: 90, ms: 100 }, 'udp')
      if (dice.chance(0.1)) pen.inside(time + dice.below(5 * MINUTE), host, dc, dice.pick([53, 88, 389, 445]), 'tcp')
      if (dice.chance(busy ? 0.06 : 0.02))
        pen.out(time + dice.below(5 * MINUTE), host, dice.pick(services[i]!), 443, { ...SMALL, received: between(dice, 1, 900) * 10_000 })
      if (dice.chance(1 / 500))
        pen.out(time, host, dice.chance(0.1) ? publicAddress(dice) : dice.pick(updates), 443, { sent: 9000, received: 60e6, ms: 90_000 })
    }
    pen.flow(time + dice.below(3000), web, { dir: 'in', src: '168.63.129.16', dst: web.address, dport: 443 }, SMALL)
    for (let i = dice.below(busy ? 4 : 2); i > 0; i--)
      pen.flow(
        time + dice.below(5 * MINUTE),
        web,
        { dir: 'in', src: publicAddress(dice), dst: web.address, dport: 443 },
        { sent: 900, received: 80_000, ms: 5000 },
      )
    const loud = Math.sin(time / (9 * HOUR)) > 0.9 ? 5 : 2
    for (let i = dice.below(loud * 2); i > 0; i--)
      pen.denied(time + dice.below(5 * MINUTE), dice.pick(hosts), publicAddress(dice), dice.pick([22, 23, 445, 3389, 8080, 5060]))
    if (busy && dice.chance(0.08)) {
      const vpn: Partial<Fact> = {
        dir: 'in',
        src: `10.90.0.${between(dice, 10, 14)}`,
        dst: jump.address,
        dport: 3389,
        rule: 'UserRule_Vpn',
      }
      pen.flow(time, jump, vpn, { sent: 9e6, received: 60e6, ms: between(dice, 4, 50) * MINUTE })
      for (let i = between(dice, 1, 2); i > 0; i--) pen.inside(time + i * 6 * MINUTE, jump, dice.pick([web, database, build]), 22)
    }
    if (busy && dice.chance(0.04))
      pen.flow(time, build, { dir: 'in', src: dice.pick(offices), dst: build.address, dport: 22, rule: 'UserRule_Office' }, SMALL)
    if (dice.chance(0.1)) pen.flow(time, dc, { dir: 'out', src: dc.address, dst: peer, dport: 0, proto: '50' }, SMALL)
  }
  for (let day = BEGIN; day < TO; day += DAY) {
    const where = rotates ? publicAddress(dice) : backup
    pen.out(day + 2 * HOUR + dice.below(9 * MINUTE), database, where, 443, {
      sent: backupSize * (0.9 + dice.next() / 5),
      received: 1e6,
      ms: 30 * MINUTE,
    })
    for (const host of hosts)
      if (host !== config && isOn(host, day + 3 * HOUR)) pen.inside(day + 3 * HOUR + dice.below(4 * MINUTE), config, host, 5985)
    const scanner = publicAddress(dice)
    for (const dport of [21, 22, 23, 80, 443, 445, 3389, 8080]) {
      const time = day + 11 * HOUR + dport * 100
      if (dport === 443) pen.flow(time, web, { dir: 'in', src: scanner, dst: web.address, dport }, SMALL)
      else pen.denied(time, web, scanner, dport)
    }
  }
}

type Planter = (
  dice: Dice,
  pen: Pen,
  world: FindingWorld,
  hosts: readonly Host[],
  strength: Plant['strength'],
) => Omit<Plant, 'kind' | 'strength'> | null

const by = <T>(strength: Plant['strength'], weak: T, plain: T, strong: T): T =>
  strength === 'weak' ? weak : strength === 'plain' ? plain : strong

function stranger(dice: Dice, { strangers }: FindingWorld): string {
  const address = publicAddress(dice)
  strangers.add(address)
  return address
}

/** Plants one case of each kind, at one of three strengths. */
const PLANTERS: Readonly<Record<FindingKind, Planter>> = {
  'let-in': (dice, pen, world, hosts, strength) => {
    const host = dice.pick(hosts.slice(0, 5))
    const [src, dport] = [stranger(dice, world), dice.pick([3389, 22, 8080])]
    const open = FROM + between(dice, 6, 20) * HOUR
    for (let i = by(strength, 5, 40, 300); i > 0; i--) pen.denied(open - dice.below(5 * HOUR) - 1000, host, src, dport)
    pen.flow(open + 2000, host, { dir: 'in', src, dst: host.address, dport, rule: 'UserRule_Vendor' }, SMALL)
    return { ends: { src, dst: host.address, dport } }
  },
  exposed: (dice, pen, world, hosts, strength) => {
    const host = hosts[dice.pick([3, 4])]!
    const dport = dice.pick([3389, 1433, 5985])
    const start = FROM + between(dice, 1, 20) * HOUR
    for (let i = by(strength, 2, 15, 80); i > 0; i--)
      pen.flow(
        start + dice.below(3 * HOUR),
        host,
        { dir: 'in', src: stranger(dice, world), dst: host.address, dport, rule: 'UserRule_Any' },
        SMALL,
      )
    return { ends: { dst: host.address, dport } }
  },
  beacon: (dice, pen, world, hosts, strength) => {
    const host = dice.pick(hosts.slice(0, 5))
    const dst = stranger(dice, world)
    const period = dice.pick([60, 300, 900]) * 1000
    const jitter = by(strength, 0.25, 0.1, 0.02) * period
    const lasts = by(strength, 20, 40, 90) * period
    const start = FROM + dice.below(DAY - Math.min(lasts, DAY - HOUR))
    for (let time = start; time < Math.min(TO, start + lasts); time += period)
      pen.out(time + dice.below(jitter), host, dst, 443, { sent: 600, received: 400, ms: 1000 })
    return { ends: { src: host.address, dst, dport: 443 } }
  },
  exfiltration: (dice, pen, world, hosts, strength) => {
    const host = dice.pick([hosts[0]!, hosts[1]!, hosts[3]!])
    const dst = stranger(dice, world)
    const sent = by(strength, 0.8, 3, 15) * 1e9
    pen.out(FROM + dice.below(20 * HOUR), host, dst, 443, { sent, received: 1e6, ms: between(dice, 10, 180) * MINUTE })
    return { ends: { src: host.address, dst, dport: 443 } }
  },
  'fan-out': (dice, pen, _, hosts, strength) => {
    const [host, ...others] = dice.pick([
      [hosts[3]!, ...hosts.filter((one) => one !== hosts[3])],
      [hosts[4]!, ...hosts.filter((one) => one !== hosts[4])],
    ])
    const start = FROM + dice.below(22 * HOUR)
    const dport = dice.pick([22, 445, 5985])
    for (const other of others.slice(0, by(strength, 3, 5, 8))) pen.inside(start + dice.below(4 * MINUTE), host!, other, dport)
    return { ends: { src: host!.address } }
  },
  'new-destination': (dice, pen, world, hosts, strength) => {
    const host = dice.pick([hosts[3]!, hosts[4]!])
    const dst = stranger(dice, world)
    pen.out(FROM + dice.below(22 * HOUR), host, dst, dice.pick([443, 8443]), {
      sent: 1000,
      received: by(strength, 1e4, 5e6, 4e8),
      ms: 9000,
    })
    return { ends: { src: host.address, dst } }
  },
  'deny-surge': (dice, pen, world, hosts, strength) => {
    const start = FROM + between(dice, 1, 22) * HOUR
    for (let i = by(strength, 300, 800, 3000); i > 0; i--)
      pen.denied(start + dice.below(HOUR - 1), dice.pick(hosts), stranger(dice, world), 23)
    return { ends: {} }
  },
  listed: (dice, pen, world, hosts, strength) => {
    const host = dice.pick(hosts.slice(0, 5))
    const dst = stranger(dice, world)
    world.listed.push(dst)
    for (let i = by(strength, 1, 3, 20); i > 0; i--) pen.out(FROM + dice.below(22 * HOUR), host, dst, 443, SMALL)
    return { ends: { src: host.address, dst, dport: 443 } }
  },
  'odd-protocol': (dice, pen, world, hosts, strength) => {
    const host = dice.pick(hosts.slice(0, 5))
    const dst = stranger(dice, world)
    pen.flow(
      FROM + dice.below(20 * HOUR),
      host,
      { dir: 'out', src: host.address, dst, dport: 0, proto: dice.pick(['47', '4', '132']) },
      { ...SMALL, ms: by(strength, 1, 10, 90) * MINUTE },
    )
    return { ends: { src: host.address, dst } }
  },
  silence: (_, pen, world, hosts, strength) => {
    const host = hosts[5]!
    const until = TO - by(strength, 4, 8, 14) * HOUR
    const isGone = ({ mac, time }: Fact) => mac === host.mac && Date.parse(time) >= until
    // Rows of other cases after the silence began were never logged.
    const kept = pen.facts.filter((fact) => !isGone(fact))
    pen.facts.splice(0, pen.facts.length)
    for (const fact of kept) pen.facts.push(fact)
    world.strangers.add(host.address)
    return { ends: {}, mac: host.mac }
  },
}

/** Creates a network of some hosts with eight days of traffic, and plants cases, if any, in the last of them. */
export function makeWorld(dice: Dice, planted: readonly FindingKind[]): FindingWorld {
  const net = `10.${between(dice, 1, 80)}.${dice.below(256)}`
  const hosts = Array.from({ length: between(dice, 9, 12) }, (_, i): Host => {
    const isVnet = dice.chance(0.5)
    return {
      address: `${net}.${4 + i}`,
      mac: `0022480000${String(10 + i)}`,
      log: isVnet ? 'log-vnet' : 'log-nsg',
      format: isVnet ? 'vnet-v4' : 'nsg-v2',
    }
  })
  const pen = new Pen(dice)
  background(dice, pen, hosts)
  const world: FindingWorld = { facts: pen.facts, plants: [], listed: [], strangers: new Set() }
  for (const kind of planted) {
    const strength = dice.pick(['weak', 'plain', 'strong'] as const)
    const made = PLANTERS[kind](dice, pen, world, hosts, strength)
    if (made) world.plants.push({ kind, strength, ...made })
  }
  const facts = pen.facts.filter(({ time }) => Date.parse(time) < TO)
  return { ...world, facts: facts.map((fact, i) => ({ ...fact, offset: i * 10 })) }
}
