import type { CountersAnswer } from '@/lib/flow/answer/traffic/counters'
import { FORMATS } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import type { Fact } from '@/lib/query/test/facts'
import { groupBy, sums } from './answers'
import { inRange, naiveRows } from './filter'
import { naiveCopies, naiveRepeats } from './once'
import { naiveReplaced } from './recreated'

const KNOWN = ['begin', 'continue', 'end', 'deny', null]

function isMeasured(fact: Fact): boolean {
  const counters = [fact.packetsSent, fact.bytesSent, fact.packetsReceived, fact.bytesReceived]
  if (counters.every((counter) => counter === null)) return false
  if (counters.some((counter) => counter !== null && counter > 0)) return true
  return fact.action === 'allow' && (fact.state === 'continue' || fact.state === 'end' || !KNOWN.includes(fact.state))
}

function whyNot(fact: Fact): keyof CountersAnswer['unmeasured'] {
  if (fact.action === 'deny') return 'denied'
  if (fact.state === null) return 'v1'
  return fact.state === 'begin' ? 'begin' : 'blank'
}

export function naiveCounters(
  facts: readonly Fact[],
  view: View,
  sources: readonly string[] | null,
): Omit<CountersAnswer, 'view' | 'coverage'> {
  const matching = naiveRows(facts, { ...view, once: false }, sources)
  const rows = naiveRows(facts, view, sources)
  const figures = ({ tuples, bytes, packets }: ReturnType<typeof sums>) => ({ tuples, bytes, packets })
  const { flows, ...all } = sums(rows)
  const unmeasured = { begin: 0, denied: 0, v1: 0, blank: 0 }
  for (const fact of rows) if (!isMeasured(fact)) unmeasured[whyNot(fact)]++
  const formats = groupBy(rows, ({ format }) => format)
  const inView = new Set(rows)
  const replaced = naiveReplaced(facts.filter((fact) => inRange(fact, view, sources))).filter(
    ([old, next]) => inView.has(old) && inView.has(next),
  )
  const twice = sums(replaced.map(([old]) => old))
  const copies = new Set(naiveCopies(matching))
  const copied = sums([...copies])
  const repeated = sums(naiveRepeats(matching.filter((row) => !copies.has(row))))
  return {
    ...figures({ flows, ...all }),
    flows,
    measured: rows.filter(isMeasured).length,
    unmeasured,
    byFormat: FORMATS.flatMap((format) => {
      const own = formats.get(format)
      return own ? [{ format, ...figures(sums(own)), measured: own.filter(isMeasured).length }] : []
    }),
    recreated: {
      rows: twice.tuples,
      bytes: twice.bytes,
      packets: twice.packets,
      bytesCorrected: all.bytes - twice.bytes,
      packetsCorrected: all.packets - twice.packets,
    },
    repeated: { rows: repeated.tuples, flows: repeated.flows, bytes: repeated.bytes },
    copies: { rows: copied.tuples, flows: copied.flows, bytes: copied.bytes, blobs: new Set([...copies].map(({ blob }) => blob)).size },
  }
}
