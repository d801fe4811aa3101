import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import type { WireCounters, WireEnds } from '../records/wire'
import { allow, deny, exchange, type Vantage } from './flow'
import type { Minute } from './minute'
import { APP, DB, DC, type DemoNic, JUMP, STRANGERS } from './network'
import { SeededRandom } from './random'

const hours = (count: number) => count * HOUR

/** Start of each part of the incident, before the end of the history. Milliseconds. */
const BEFORE = {
  knocking: hours(20.5),
  ruleChange: hours(9.2),
  logon: hours(6.05),
  beacon: hours(5.8),
  looking: hours(5.55),
  database: hours(5.3),
  copy: hours(4.9),
  upload: hours(3.9),
  logoff: hours(2.4),
} as const

export const INCIDENT = {
  intruder: STRANGERS.intruder,
  jump: JUMP.addresses[0]!,
  database: DB.addresses[0]!,
  beacon: STRANGERS.beacon,
  drop: STRANGERS.drop,
  rule: 'UserRule_AllowRdpVendor',
  /** Start and end of the incident in a history that ends at `now`. Epoch milliseconds. */
  at(now: number) {
    return {
      knocking: now - BEFORE.knocking,
      ruleChange: now - BEFORE.ruleChange,
      logon: now - BEFORE.logon,
      beacon: now - BEFORE.beacon,
      database: now - BEFORE.database,
      upload: now - BEFORE.upload,
      logoff: now - BEFORE.logoff,
    }
  },
} as const

const BEACON_PERIOD = 300_000
const LOAD = 4_600_000_000

const out = (rule: string): Vantage => ({ nic: JUMP, dir: 'O', rule })
const toInternet = [out('DefaultRule_AllowInternetOutBound')]
const inside = (nic: DemoNic): Vantage[] => [out('DefaultRule_AllowVnetOutBound'), { nic, dir: 'I', rule: 'DefaultRule_AllowVnetInBound' }]

/** Slow password guessing, two or three attempts a minute at most; denied until a rule for a vendor's whole network allows it. */
function knock(minute: Minute, random: SeededRandom): void {
  const { ruleChange, logon } = INCIDENT.at(minute.now)
  const open = minute.start >= ruleChange
  for (let tries = random.count(open ? 1.6 : 0.9); tries > 0; tries--) {
    const time = minute.start + random.int(0, 59_000)
    const ends: WireEnds = { src: INCIDENT.intruder, dst: INCIDENT.jump, sport: random.int(40_000, 60_999), dport: 3389, proto: 6 }
    if (!open) deny(minute.wire, time, ends, { nic: JUMP, dir: 'I', rule: 'DefaultRule_DenyAllInBound' }, 1)
    else if (time < logon) {
      const total = exchange(random.int(1_650, 2_050), random.int(1_900, 2_300))
      const end = time + random.int(1_900, 4_600)
      allow(minute.wire, { ...ends, start: time, end, total, at: [{ nic: JUMP, dir: 'I', rule: INCIDENT.rule }] })
    }
  }
}

function flow(minute: Minute, before: number, seconds: number, ends: WireEnds, total: WireCounters, at: readonly Vantage[]): void {
  const start = minute.now - before
  if (start < minute.start || start >= minute.start + MINUTE) return
  allow(minute.wire, { ...ends, start, end: start + Math.round(seconds * 1000), total, at })
}

function inMinute(minute: Minute, before: number): boolean {
  const time = minute.now - before
  return time >= minute.start && time < minute.start + MINUTE
}

/** From the jump host: a scan of port 445, then the database, then a copy of it. */
function spread(minute: Minute, random: SeededRandom): void {
  const src = INCIDENT.jump
  if (inMinute(minute, BEFORE.looking)) {
    for (const [i, nic] of [APP, DB, DC].entries()) {
      for (const [j, dport] of [445, 1433, 5985].entries()) {
        const start = minute.start + 4_000 * (i + 1) + 900 * j
        const answered = (nic === DB && dport !== 5985) || (nic === DC && dport === 445)
        const total = answered
          ? exchange(640, 780)
          : { packetsSent: 3, bytesSent: 222, packetsReceived: answered ? 1 : 0, bytesReceived: 0 }
        const ends: WireEnds = { src, dst: nic.addresses[0]!, sport: random.ephemeral(), dport, proto: 6 }
        allow(minute.wire, { ...ends, start, end: start + random.int(800, 9_000), total, at: inside(nic) })
      }
    }
  }
  const database = (sport: number, dport: number): WireEnds => ({ src, dst: INCIDENT.database, sport, dport, proto: 6 })
  for (let i = 0; i < 9; i++) {
    flow(minute, BEFORE.database - i * 7_000, 1.4, database(50_211 + i, 1433), exchange(1_120, 640), inside(DB))
  }
  flow(minute, BEFORE.database - 5 * MINUTE, 74 * 60, database(50_377, 1433), exchange(410_000, 6_800_000), inside(DB))
  flow(minute, BEFORE.copy, 41 * 60, database(50_402, 445), exchange(9_100_000, LOAD), inside(DB))
}

function phoneHome(minute: Minute): void {
  const { beacon } = INCIDENT.at(minute.now)
  const cycle = Math.round((minute.start - beacon) / BEACON_PERIOD)
  for (let i = Math.max(0, cycle - 1); i <= cycle + 1; i++) {
    const random = new SeededRandom(i, 'beacon', 7)
    const start = beacon + i * BEACON_PERIOD + random.int(-9_000, 9_000)
    if (start < minute.start || start >= minute.start + MINUTE) continue
    const ends: WireEnds = { src: INCIDENT.jump, dst: INCIDENT.beacon, sport: random.int(49_700, 65_000), dport: 443, proto: 6 }
    allow(minute.wire, { ...ends, start, end: start + random.int(900, 1_600), total: exchange(612, 388), at: toInternet })
  }
}

/**
 * The incident to find. A patient RDP brute force is denied for eleven hours, allowed by a rule that was meant for a vendor, and succeeds; the jump
 * host then calls home every five minutes, reads the database, and sends 4.6 GB out.
 */
export function incident(minute: Minute): void {
  const times = INCIDENT.at(minute.now)
  const random = minute.random('incident')
  if (minute.start >= times.knocking && minute.start < times.logon) knock(minute, random)
  const rdp: WireEnds = { src: INCIDENT.intruder, dst: INCIDENT.jump, sport: 52_118, dport: 3389, proto: 6 }
  const seat: Vantage[] = [{ nic: JUMP, dir: 'I', rule: INCIDENT.rule }]
  flow(minute, BEFORE.logon, (BEFORE.logon - BEFORE.logoff) / 1000, rdp, exchange(19_400_000, 268_000_000), seat)
  spread(minute, random)
  phoneHome(minute)
  const away: WireEnds = { src: INCIDENT.jump, dst: INCIDENT.drop, sport: 50_466, dport: 443, proto: 6 }
  flow(minute, BEFORE.upload, 63 * 60, away, exchange(LOAD, 11_800_000), toInternet)
}
