import { MINUTE } from '@/lib/flow/time/bucket'
import { allow, exchange } from './flow'
import { dayShape, type Minute } from './minute'
import { APP, DB, type DemoNic, visitor, visitor6, WEB } from './network'
import type { SeededRandom } from './random'

const VISITS = 96
const WAN = { rule: 'UserRule_AllowHttps', dir: 'I' } as const
const OUT = { rule: 'DefaultRule_AllowVnetOutBound', dir: 'O' } as const

function visitWeb(minute: Minute, random: SeededRandom, web: DemoNic): void {
  const start = minute.start + random.int(0, MINUTE - 1)
  const overIPv6 = random.chance(0.07)
  const plain = random.chance(0.06)
  const stays = random.chance(0.015)
  const seconds = stays ? random.between(360, 2_400) : Math.min(300, 0.2 + random.exponential(plain ? 2 : 21))
  const sent = random.size(stays ? 60_000 : 2_100, 0.7)
  const received = plain ? 480 : random.size(stays ? 900_000 : 24_000, 1.2)
  allow(minute.wire, {
    src: overIPv6 ? visitor6(random.next()) : visitor(random.next()),
    dst: overIPv6 ? web.address6! : random.chance(0.6) ? web.addresses[0]! : random.pick(web.addresses),
    sport: random.port(),
    dport: plain ? 80 : 443,
    proto: 6,
    start,
    end: start + Math.round(seconds * 1000),
    total: exchange(sent, received),
    at: [{ nic: web, dir: WAN.dir, rule: plain ? 'UserRule_AllowHttp' : WAN.rule }],
  })
  if (random.chance(0.34)) askApp(minute, random, web, start + 15)
}

function askApp(minute: Minute, random: SeededRandom, web: DemoNic, start: number): void {
  allow(minute.wire, {
    src: web.addresses[0]!,
    dst: APP.addresses[0]!,
    sport: random.ephemeral(),
    dport: 8443,
    proto: 6,
    start,
    end: start + Math.round(1000 * (0.4 + random.exponential(24))),
    total: exchange(random.size(3_800, 0.6), random.size(21_000, 1)),
    at: [
      { nic: web, ...OUT },
      { nic: APP, dir: 'I', rule: 'UserRule_AllowAppFromDmz' },
    ],
  })
  if (random.chance(0.55)) askDatabase(minute, random, start + 8)
}

function askDatabase(minute: Minute, random: SeededRandom, start: number): void {
  const pooled = random.chance(0.05)
  allow(minute.wire, {
    src: APP.addresses[0]!,
    dst: DB.addresses[0]!,
    sport: random.ephemeral(),
    dport: 1433,
    proto: 6,
    start,
    end: start + Math.round(1000 * (pooled ? random.between(400, 1_500) : 0.2 + random.exponential(18))),
    total: exchange(random.size(pooled ? 60_000 : 2_600, 0.8), random.size(pooled ? 500_000 : 17_000, 1.1)),
    at: [
      { nic: APP, ...OUT },
      { nic: DB, dir: 'I', rule: 'UserRule_AllowSqlFromApp' },
    ],
    encrypted: true,
  })
}

/** Visitors of the web sites, and the requests that each visit causes at the application server and the database. */
export function webTraffic(minute: Minute): void {
  const random = minute.random('web')
  const visits = random.count(VISITS * minute.scale * dayShape(minute.start) * random.between(0.9, 1.1))
  for (let i = 0; i < visits; i++) visitWeb(minute, random, random.chance(0.53) ? WEB[0]! : WEB[1]!)
}
