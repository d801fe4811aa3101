import type { HolesAnswer } from '@/lib/flow/answer/read/holes'
import { floorTo, HOUR } from '@/lib/flow/time/bucket'
import { type CoverageView, endOf, type Placed } from './place'

/** A NIC with blobs in less than this share of the hours between its first and its last writes irregularly: its silence means nothing. */
const STEADY = 0.5

interface Nic {
  hours: ReadonlySet<number>
  first: number
  last: number
}

/** Returns the NICs of each log that write steadily, with the hours of their blobs. */
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
 * Finds hours in which most NICs of a log with blobs before and after have none. That proves no loss, since hours without traffic have no blob, but so many
 * NICs are seldom idle at once. Neighbouring hours with the same counts are one span.
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
