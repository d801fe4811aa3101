import { DAY, HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { allow, deny, exchange } from './flow'
import { dayShape, type Minute } from './minute'
import { BUILD_HOST, DB, type DemoNic, NICS, STRANGERS } from './network'

const INTERNET = 'DefaultRule_AllowInternetOutBound'

function fetch(
  minute: Minute,
  nic: DemoNic,
  dst: string,
  sport: number,
  start: number,
  seconds: number,
  sent: number,
  received: number,
): void {
  allow(minute.wire, {
    src: nic.addresses[0]!,
    dst,
    sport,
    dport: 443,
    proto: 6,
    start,
    end: start + Math.round(seconds * 1000),
    total: exchange(sent, received),
    at: [{ nic, dir: 'O', rule: INTERNET }],
  })
}

/** Every host's monitoring agent reports once a minute; updates come a few times a day. */
export function housekeeping(minute: Minute): void {
  const random = minute.random('housekeeping')
  for (const nic of NICS) {
    const start = minute.start + random.int(0, MINUTE - 1)
    fetch(minute, nic, STRANGERS.monitor, random.ephemeral(), start, random.between(0.4, 3), random.size(5_600, 0.5), 1_900)
    if (random.chance(1 / 400)) {
      const size = random.size(60_000_000, 0.9)
      fetch(minute, nic, random.pick(STRANGERS.updates), random.ephemeral(), start, 20 + size / 2_000_000, size / 900, size)
    }
  }
}

/** The database's nightly backup at 02:00 UTC. */
export function backup(minute: Minute): void {
  if (minute.start % DAY !== 2 * HOUR) return
  const random = minute.random('backup')
  fetch(minute, DB, STRANGERS.backup, random.ephemeral(), minute.start + 4_210, 31 * 60, random.size(1_900_000_000, 0.05), 2_400_000)
}

/** The build host fetches packages during working hours, and tries in vain to send mail. */
export function builds(minute: Minute): void {
  const random = minute.random('builds')
  const fetches = random.count(1.1 * dayShape(minute.start))
  for (let i = 0; i < fetches; i++) {
    const start = minute.start + random.int(0, MINUTE - 1)
    fetch(
      minute,
      BUILD_HOST,
      random.pick(STRANGERS.packages),
      random.ephemeral(),
      start,
      random.between(0.5, 20),
      1_800,
      random.size(400_000, 1.5),
    )
  }
  if (random.chance(0.02)) {
    const ends = { src: BUILD_HOST.addresses[0]!, dst: STRANGERS.mail, sport: random.ephemeral(), dport: 25, proto: 6 } as const
    deny(minute.wire, minute.start + random.int(0, 40_000), ends, { nic: BUILD_HOST, dir: 'O', rule: 'UserRule_DenySmtpOut' }, 3)
  }
}
