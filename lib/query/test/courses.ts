import type { Fact } from './facts'
import { PLAIN } from './facts'
import type { Dice } from './random'

const START = Date.UTC(2024, 7, 12, 10)
const HOUR = 3_600_000

/** Returns VNet rows of a few 5-tuples at a few NICs, many of them in one millisecond, with counters that grow, stay, shrink or were not measured. */
function randomCourses(dice: Dice, count: number): Fact[] {
  return Array.from({ length: count }, (_, i): Fact => {
    const time = START + dice.below(1500) * 4000 + dice.pick([0, 0, 0, 1])
    const flushed = time + dice.pick([5000, 5000, 30_000])
    const state = dice.pick(['begin', 'begin', 'begin', 'end', 'end', 'end', 'end', 'continue', 'deny', 'Q'])
    const measured = dice.chance(0.95)
    const base = dice.below(4)
    const counter = () => (measured ? base + dice.pick([0, 0, 1]) : dice.pick([null, 1]))
    return {
      ...PLAIN,
      time: new Date(time).toISOString(),
      recordTime: new Date(flushed).toISOString(),
      src: dice.pick(['10.0.0.4', '10.0.0.4', '2001:db8::1']),
      sport: dice.pick([50_000, 50_000, 50_001]),
      proto: dice.pick(['tcp', 'tcp', 'tcp', 'tcp', 'udp', 'ESP']),
      dir: dice.chance(0.9) ? 'out' : 'in',
      action: state === 'deny' ? 'deny' : 'allow',
      state,
      enc: 'NX',
      packetsSent: counter(),
      bytesSent: counter(),
      packetsReceived: counter(),
      bytesReceived: counter(),
      rule: dice.pick(['PlatformRule', 'UserRule_Web']),
      mac: dice.chance(0.9) ? '002248266DB9' : '002248266DBA',
      log: dice.chance(0.95) ? 'log-1' : 'log-2',
      format: dice.chance(0.95) ? 'vnet-v4' : 'nsg-v2',
      blob: 1 + dice.below(2),
      hour: dice.chance(0.2) ? -1 : Math.floor(flushed / HOUR) * HOUR,
      offset: i * 100,
    }
  })
}

/** The same with ends followed by a begin, most of them at once and flushed together. */
export function recreatedCourses(dice: Dice, count: number): Fact[] {
  const facts = randomCourses(dice, Math.ceil(count / 2))
  const later = (text: string, ms: number) => new Date(Date.parse(text) + ms).toISOString()
  const begins = facts.flatMap((fact): Fact[] => {
    if (fact.state !== 'end' || dice.chance(0.2)) return []
    return [
      {
        ...fact,
        state: 'begin',
        time: later(fact.time, dice.chance(0.9) ? 0 : 1),
        recordTime: dice.chance(0.9) ? fact.recordTime : later(fact.time, 1000),
        rule: dice.chance(0.9) ? fact.rule : 'DefaultRule',
      },
    ]
  })
  return [...facts, ...begins]
    .map((fact, i) => ({ fact, place: dice.chance(0.2) ? dice.below(count) : i }))
    .sort((a, b) => a.place - b.place)
    .map(({ fact }, i) => ({ ...fact, offset: i * 100 }))
}
