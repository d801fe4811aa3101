import type { HolesAnswer } from '@/lib/flow/answer/holes'
import { floorTo, HOUR } from '@/lib/flow/bucket'
import { type CoverageView, endOf, type Placed } from './place'

/** A NIC that has a blob in less than this share of the hours between its first and its last is quiet by nature: its silence says nothing. */
const STEADY = 0.5

interface Nic {
  hours: ReadonlySet<number>
  first: number
  last: number
}

/** The NICs of each log with the hours of their blobs, those alone that write steadily. */
function steadyNics(placed: readonly Placed[]): Nic[][] {
  const logs = new Map<string, Map<string, Set<number>>>()
  for (const { log, mac, blob } of placed) {
    if (blob.hour === null || mac === '') continue
    const nics = logs.get(log) ?? new Map<string, Set<number>>()
    logs.set(log, nics)
    nics.set(mac, (nics.get(mac) ?? new Set<number>()).add(blob.hour))
  }
  return [...logs.values()].map((nics) =>
    [...nics.values()]
      .map((hours): Nic => ({ hours, first: Math.min(...hours), last: Math.max(...hours) }))
      .filter(({ hours, first, last }) => hours.size >= STEADY * ((last - first) / HOUR + 1)),
  )
}

/**
 * Hours in which most NICs of a log that have a blob before and one after have none: nothing proves a loss, since hours without traffic have no blob, but so many
 * at once are seldom idle. Neighbouring hours of the same counts are one span.
 */
export function silencesOf(placed: readonly Placed[], scope: CoverageView, now: number): HolesAnswer['silences'] {
  const logs = steadyNics(placed)
  const spans: { from: number; to: number; nics: number; of: number }[] = []
  for (let hour = floorTo(scope.from, HOUR); hour < endOf(scope, now); hour += HOUR) {
    let [nics, of] = [0, 0]
    for (const all of logs) {
      const expected = all.filter(({ first, last }) => first < hour && hour < last)
      const silent = expected.filter(({ hours }) => !hours.has(hour))
      if (silent.length * 2 <= expected.length) continue
      nics += silent.length
      of += expected.length
    }
    if (nics === 0) continue
    const before = spans.at(-1)
    if (before?.to === hour && before.nics === nics && before.of === of) before.to = hour + HOUR
    else spans.push({ from: hour, to: hour + HOUR, nics, of })
  }
  return spans.map(({ from, to, ...counts }) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), ...counts }))
}
