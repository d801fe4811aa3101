import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { deny, type Vantage } from './flow'
import type { Minute } from './minute'
import { bot, type DemoNic, NICS, scanner, scanner6 } from './network'
import type { SeededRandom } from './random'

const OPEN = NICS.filter((nic) => nic.open)
const TARGETS = OPEN.flatMap((nic) => nic.addresses.map((address) => ({ nic, address })))
const TARGETS6 = OPEN.flatMap((nic) => (nic.address6 ? [{ nic, address: nic.address6 }] : []))
/** Ports that are closed to the internet, in the order of how often they are tried. */
const WANTED = [23, 22, 445, 3389, 8080, 6379, 5900, 2323, 1433, 3306, 8443, 5432, 9200, 21, 25, 5060, 8728, 11211, 2375, 27017]
const DENIED = 'DefaultRule_DenyAllInBound'

function inbound(nic: DemoNic): Vantage {
  return { nic, dir: 'I', rule: DENIED }
}

function wanted(random: SeededRandom): number {
  return WANTED[Math.floor(random.next() ** 2 * WANTED.length)]!
}

function closed(random: SeededRandom): number {
  const port = random.int(1, 65_535)
  return port === 80 || port === 443 ? port + 1 : port
}

interface Attempt {
  time: number
  src: string
  sport: number
  dport: number
  to: (typeof TARGETS)[number]
  repeats?: number
}

function attempt(minute: Minute, { time, src, sport, dport, to, repeats = 0 }: Attempt): void {
  deny(
    minute.wire,
    time,
    { src, dst: to.address, sport, dport, proto: dport === 5060 || dport === 11211 ? 17 : 6 },
    inbound(to.nic),
    repeats,
  )
}

/** Infected machines that try one port and leave. */
function crowd(minute: Minute): void {
  const random = minute.random('crowd')
  const wave = 0.7 + 0.3 * Math.sin(minute.index / 97)
  const tries = random.count(44 * minute.scale * wave)
  for (let i = 0; i < tries; i++) {
    const common = {
      time: minute.start + random.int(0, 50_000),
      sport: random.port(),
      dport: wanted(random),
      repeats: random.pick([0, 0, 1, 2]),
    }
    if (random.chance(0.04)) attempt(minute, { ...common, src: scanner6(random.int(0, 900)), to: random.pick(TARGETS6) })
    else attempt(minute, { ...common, src: bot(Math.floor(random.next() ** 2 * 60_000)), to: random.pick(TARGETS) })
  }
}

/** One source, one or two ports, every address. */
function horizontal(minute: Minute, random: SeededRandom, src: string): void {
  const ports = random.chance(0.7) ? [wanted(random)] : [wanted(random), wanted(random)]
  const pace = random.between(400, 5_000)
  const rounds = random.int(2, 14)
  let time = minute.start + random.int(0, 50 * MINUTE)
  for (let round = 0; round < rounds; round++) {
    for (const to of TARGETS) {
      for (const dport of ports) {
        attempt(minute, { time, src, sport: random.port(), dport, to })
        time += pace
      }
    }
    time += random.between(1, 20) * MINUTE
  }
}

/** One source, one address, port after port. */
function vertical(minute: Minute, random: SeededRandom, src: string): void {
  const to = random.pick(TARGETS)
  const sport = random.port()
  const tries = Math.round(random.int(400, 3_000) * Math.min(1, minute.scale))
  const pace = random.between(120, 900)
  let time = minute.start + random.int(0, 50 * MINUTE)
  for (let i = 0; i < tries; i++) {
    attempt(minute, { time, src, sport, dport: closed(random), to })
    time += pace * random.between(0.5, 1.5)
  }
}

/** One source tries one port again and again. */
function brute(minute: Minute, random: SeededRandom, src: string): void {
  const to = random.pick(TARGETS)
  const dport = random.pick([22, 22, 3389, 5900, 1433])
  const end = minute.start + random.between(0.5, 3) * HOUR
  for (let time = minute.start + random.int(0, 20 * MINUTE); time < end; time += random.exponential(9_000)) {
    attempt(minute, { time, src, sport: random.port(), dport, to, repeats: random.int(0, 2) })
  }
}

/** A network of scanners starts at the same time. */
function burst(minute: Minute, random: SeededRandom): void {
  const begin = minute.start + random.int(0, 30 * MINUTE)
  const tries = Math.round(random.int(2_500, 5_000) * Math.min(1, minute.scale))
  const span = random.between(6, 18) * MINUTE
  const ports = [wanted(random), wanted(random), closed(random)]
  for (let i = 0; i < tries; i++) {
    const time = begin + random.next() ** 1.4 * span
    attempt(minute, { time, src: scanner(random.int(0, 40)), sport: random.port(), dport: random.pick(ports), to: random.pick(TARGETS) })
  }
}

/** Patient sources: one try every few minutes for a day, another address and port each time. */
function slow(minute: Minute, random: SeededRandom): void {
  for (let host = 0; host < 14; host++) {
    const pace = random.between(6, 15) * MINUTE
    for (let time = minute.start + random.between(0, pace); time < minute.start + 24 * HOUR; time += pace * random.between(0.8, 1.2)) {
      attempt(minute, { time, src: scanner(90 + host), sport: random.port(), dport: closed(random), to: random.pick(TARGETS) })
    }
  }
}

/** The internet's noise at every reachable address, all of it denied. */
export function scans(minute: Minute): void {
  crowd(minute)
  if (minute.index % (24 * 60) === 0) slow(minute, minute.random('slow'))
  if (minute.index % 60 !== 0) return
  const random = minute.random('campaigns')
  const source = () => (random.chance(0.5) ? scanner(random.int(41, 88)) : bot(60_001 + random.int(0, 5_000)))
  for (let i = random.count(4); i > 0; i--) horizontal(minute, random, source())
  for (let i = random.count(1.2); i > 0; i--) vertical(minute, random, source())
  for (let i = random.count(1); i > 0; i--) brute(minute, random, source())
  if (random.chance(0.3)) burst(minute, random)
}
