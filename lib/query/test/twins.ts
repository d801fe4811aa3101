import type { Fact } from './facts'
import { type Dice, randomFacts } from './random'

const HOUR = 3_600_000
const SHIFTS = [0, 0, 1, 400, -400, 30_000, 59_999, 60_000, 60_001, -60_000, -60_001, 299_000, 300_000, 300_001, -300_000, -300_001]

function moved(fact: Fact, ms: number): Pick<Fact, 'time' | 'recordTime' | 'hour'> {
  const [time, flushed] = [fact.time, fact.recordTime].map((text) => Date.parse(text) + ms) as [number, number]
  const hour = fact.hour < 0 ? -1 : Math.floor(flushed / HOUR) * HOUR
  return { time: new Date(time).toISOString(), recordTime: new Date(flushed).toISOString(), hour }
}

/** Returns the format and state that a log of another format would have written. */
function asLogged(fact: Fact, format: Fact['format']): Pick<Fact, 'format' | 'state'> {
  const state = fact.state ?? (fact.action === 'deny' ? 'deny' : 'begin')
  if (format === 'nsg-v1') return { format, state: state === 'begin' || fact.action === 'deny' ? null : state }
  if (fact.action === 'deny') return { format, state: format === 'vnet-v4' ? 'deny' : 'begin' }
  return { format, state }
}

/** Returns facts, many of which are repeated by another NIC, log, ACL or direction, some a little too late, some with a difference. */
export function randomTwins(dice: Dice, count: number): Fact[] {
  const facts = randomFacts(dice, Math.ceil(count / 2)).map((fact) => ({ ...fact, proto: dice.chance(0.8) ? 'tcp' : fact.proto }))
  const others = randomFacts(dice, 40)
  const all = [...facts]
  while (all.length < count) {
    const one = dice.pick(all)
    if (dice.chance(0.15)) {
      one.recordHash ??= all.length
      const elsewhere = dice.pick(others)
      all.push({ ...one, blob: elsewhere.blob, ...(dice.chance(0.3) ? { log: elsewhere.log, logName: elsewhere.logName } : {}) })
      continue
    }
    const { log, logName, mac, acl, dir, format } = dice.pick(others)
    const observer = dice.pick([{ log, logName, mac, acl, dir }, { mac, dir }, { log, logName }, { acl }, { dir }, {}])
    all.push({
      ...one,
      recordHash: undefined,
      ...observer,
      ...asLogged(one, dice.chance(0.5) ? format : one.format),
      ...moved(one, dice.pick(SHIFTS)),
      ...(dice.chance(0.1) ? { sport: one.sport + 1 > 65_535 ? 1 : one.sport + 1 } : {}),
      ...(dice.chance(0.05) ? { state: 'end' } : {}),
    })
  }
  return all.map((fact, i) => ({ ...fact, offset: i * 100 }))
}
