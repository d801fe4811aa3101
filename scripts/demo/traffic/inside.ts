import { DAY, HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { PLATFORM_RULE } from '../records/vnet-record'
import { allow, datagrams, exchange, type Vantage } from './flow'
import { dayShape, type Minute } from './minute'
import { APP, BUILD_HOST, DB, DC, type DemoNic, JUMP, NICS, STRANGERS, WEB } from './network'

function between(from: DemoNic, to: DemoNic, rule = 'DefaultRule_AllowVnetInBound'): Vantage[] {
  return [
    { nic: from, dir: 'O', rule: 'DefaultRule_AllowVnetOutBound' },
    { nic: to, dir: 'I', rule },
  ]
}

/** The load balancers' health probes: four a minute at each web front end and at the application server. */
export function probes(minute: Minute): void {
  const random = minute.random('probes')
  for (const [nic, dport] of [[WEB[0]!, 443] as const, [WEB[1]!, 443] as const, [APP, 8443] as const]) {
    for (let second = 4; second < 60; second += 15) {
      const start = minute.start + second * 1000 + random.int(0, 400)
      allow(minute.wire, {
        src: STRANGERS.platform,
        dst: nic.addresses[0]!,
        sport: random.int(49_152, 65_535),
        dport,
        proto: 6,
        start,
        end: start + random.int(300, 1_500),
        total: { packetsSent: 5, bytesSent: 312, packetsReceived: 4, bytesReceived: 258 },
        at: [{ nic, dir: 'I', rule: nic.log.kind === 'nsg' ? 'DefaultRule_AllowAzureLoadBalancerInBound' : PLATFORM_RULE }],
      })
    }
  }
}

/** Hosts query the domain controller for names, which forwards to the platform's resolver; clocks are set over NTP. */
export function names(minute: Minute): void {
  const random = minute.random('names')
  const rates = new Map<DemoNic, number>([...WEB.map((web) => [web, 2.4] as const), [APP, 1.6], [DB, 0.5], [JUMP, 0.7], [BUILD_HOST, 0.8]])
  for (const [nic, rate] of rates) {
    const asked = random.count(rate * Math.min(1, minute.scale) * (0.4 + 0.6 * dayShape(minute.start)))
    for (let i = 0; i < asked; i++) {
      const start = minute.start + random.int(0, MINUTE - 1)
      const ends = { sport: random.ephemeral(), dport: 53, proto: 17 } as const
      const total = datagrams(random.int(70, 96), random.int(110, 310))
      allow(minute.wire, {
        src: nic.addresses[0]!,
        dst: DC.addresses[0]!,
        ...ends,
        start,
        end: start + random.int(20, 900),
        total,
        at: between(nic, DC),
      })
      if (random.chance(0.3)) {
        const at = [{ nic: DC, dir: 'O', rule: PLATFORM_RULE }] as const
        allow(minute.wire, {
          src: DC.addresses[0]!,
          dst: STRANGERS.platform,
          ...ends,
          start: start + 5,
          end: start + random.int(15, 120),
          total,
          at,
        })
      }
    }
  }
  NICS.forEach((nic, i) => {
    if ((minute.index + i * 5) % 17 !== 0) return
    const start = minute.start + random.int(0, MINUTE - 1)
    allow(minute.wire, {
      src: nic.addresses[0]!,
      dst: STRANGERS.time,
      sport: 123,
      dport: 123,
      proto: 17,
      start,
      end: start + random.int(30, 120),
      total: datagrams(90, 90),
      at: [{ nic, dir: 'O', rule: 'DefaultRule_AllowInternetOutBound' }],
    })
  })
}

/** Kerberos, LDAP and group policy between the domain's members and its controller. */
export function directory(minute: Minute): void {
  const random = minute.random('directory')
  for (const nic of [APP, DB, JUMP]) {
    const logons = random.count(0.35)
    for (let i = 0; i < logons; i++) {
      const start = minute.start + random.int(0, MINUTE - 1)
      const [dport, sent, received] = random.pick([
        [88, 1_600, 1_750] as const,
        [389, 2_900, 6_400] as const,
        [445, 5_200, 14_800] as const,
      ])
      allow(minute.wire, {
        src: nic.addresses[0]!,
        dst: DC.addresses[0]!,
        sport: random.ephemeral(),
        dport,
        proto: 6,
        start,
        end: start + random.int(200, dport === 88 ? 1_000 : 40_000),
        total: exchange(random.size(sent, 0.2), random.size(received, 0.3)),
        at: between(nic, DC),
      })
    }
  }
}

/** Administrators connect over the VPN, work on the jump host and go from there to the servers. */
export function administrators(minute: Minute): void {
  const random = minute.random('administrators')
  const hour = (minute.start % DAY) / HOUR
  if (hour < 7 || hour > 18 || !random.chance(0.045)) return
  const start = minute.start + random.int(0, MINUTE - 1)
  const end = start + Math.round(random.between(4, 55) * MINUTE)
  const minutes = (end - start) / MINUTE
  allow(minute.wire, {
    src: `10.90.0.${random.int(10, 14)}`,
    dst: JUMP.addresses[0]!,
    sport: random.ephemeral(),
    dport: 3389,
    proto: 6,
    start,
    end,
    total: exchange(Math.round(minutes * 90_000), Math.round(minutes * 1_100_000)),
    at: [{ nic: JUMP, dir: 'I', rule: 'UserRule_AllowRdpFromVpn' }],
  })
  const target = random.pick([WEB[0]!, WEB[1]!, APP, BUILD_HOST])
  const begun = start + random.int(20_000, 120_000)
  allow(minute.wire, {
    src: JUMP.addresses[0]!,
    dst: target.addresses[0]!,
    sport: random.ephemeral(),
    dport: 22,
    proto: 6,
    start: begun,
    end: begun + Math.round(random.between(0.2, 0.8) * (end - start)),
    total: exchange(random.size(38_000, 0.6), random.size(160_000, 0.8)),
    at: between(JUMP, target, 'UserRule_AllowSshFromJump'),
  })
}
