import type { Fact } from './facts'
import { groupBy } from './naive-answers'

/** Courses walked row by row: what the SQL of lib/query/recreated.ts is held against. */

const COUNTERS = ['packetsSent', 'bytesSent', 'packetsReceived', 'bytesReceived'] as const

function holds(next: Fact, old: Fact): boolean {
  let more = false
  for (const counter of COUNTERS) {
    const [before, after] = [old[counter], next[counter]]
    if (before === null || after === null || after < before) return false
    if (after > before) more = true
  }
  return more
}

function inOrder(a: Fact, b: Fact): number {
  return (
    Date.parse(a.time) - Date.parse(b.time) || Date.parse(a.recordTime) - Date.parse(b.recordTime) || a.blob - b.blob || a.offset - b.offset
  )
}

/** End rows with the end row that holds their amounts again. */
export function naiveReplaced(range: readonly Fact[]): [Fact, Fact][] {
  const vnet = range.filter(({ format, state, proto }) => {
    const isKnown = proto === 'tcp' || proto === 'udp' || (/^\d+$/.test(proto) && Number(proto) < 256)
    return format === 'vnet-v4' && isKnown && (state === 'begin' || state === 'continue' || state === 'end')
  })
  const courses = groupBy(vnet, ({ log, mac, src, dst, sport, dport, proto, dir }) =>
    JSON.stringify([log, mac, src, dst, sport, dport, proto, dir]),
  )
  const replaced: [Fact, Fact][] = []
  for (const course of courses.values()) {
    let old: Fact | null = null
    let fresh = false
    for (const row of course.sort(inOrder)) {
      if (row.state === 'begin') {
        if (old !== null && row.time === old.time) fresh = true
        continue
      }
      if (row.state === 'end' && old !== null && fresh && holds(row, old)) replaced.push([old, row])
      old = row.state === 'end' ? row : null
      fresh = false
    }
  }
  return replaced
}
