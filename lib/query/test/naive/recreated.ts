import type { Fact } from '@/lib/query/test/facts'
import { groupBy } from './answers'

/** Walks through sequences row by row; the SQL of lib/query/counters/recreated.ts must give the same result. */

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

/** Parts of the definition that a test can change, to check that the tests would notice. */
export const RECREATED = {
  holds,
  inOrder,
  isAtOnce: (begin: Fact, end: Fact) => begin.time === end.time,
  isMeasured: ({ state }: Fact) => state !== 'begin',
  keyOf: ({ log, mac, src, dst, sport, dport, proto, dir }: Fact) => JSON.stringify([log, mac, src, dst, sport, dport, proto, dir]),
}

/** Returns end rows of a range, each with the end row that repeats its amounts. */
export function naiveReplaced(range: readonly Fact[], told: typeof RECREATED = RECREATED): [Fact, Fact][] {
  const vnet = range.filter(({ format, state, proto }) => {
    const isKnown = proto === 'tcp' || proto === 'udp' || (/^\d+$/.test(proto) && Number(proto) < 256)
    return format === 'vnet-v4' && isKnown && (state === 'begin' || state === 'continue' || state === 'end')
  })
  const replaced: [Fact, Fact][] = []
  for (const course of groupBy(vnet, told.keyOf).values()) {
    let old: Fact | null = null
    let isReborn = false
    for (const row of course.sort(told.inOrder)) {
      if (!told.isMeasured(row)) {
        if (old !== null && told.isAtOnce(row, old)) isReborn = true
        continue
      }
      if (row.state === 'end' && old !== null && isReborn && told.holds(row, old)) replaced.push([old, row])
      old = row.state === 'end' ? row : null
      isReborn = false
    }
  }
  return replaced
}
