import { useAnswer } from '@/components/parts/answer/use-answer'
import type { CountersAnswer } from '@/lib/flow/answer/traffic/counters'
import { BASIS } from './answers'
import type { Routes } from './server'

/** The composition of figures of which so many bytes are from each kind of log, and so many in the sum more than once. */
export function counters({ nsg = 0, vnet = 0, repeated = 0 }: { nsg?: number; vnet?: number; repeated?: number }): CountersAnswer {
  const none = { rows: 0, flows: 0, bytes: 0 }
  const of = (format: 'nsg-v2' | 'vnet-v4', bytes: number) => ({ format, tuples: 1, measured: 1, bytes, packets: 1 })
  const bytes = nsg + vnet
  return {
    ...{ ...BASIS, tuples: 2, flows: 2, bytes, packets: 2, measured: 2 },
    ...{ unmeasured: { begin: 0, denied: 0, v1: 0, blank: 0 }, byFormat: [of('nsg-v2', nsg), of('vnet-v4', vnet)] },
    ...{ recreated: { rows: 0, bytes: 0, packets: 0, bytesCorrected: bytes, packetsCorrected: 2 } },
    ...{ copies: { ...none, blobs: 0 }, repeated: { ...none, bytes: repeated } },
  }
}

/** The figures of a page, without which their composition is not asked: the answer, and the question that every page has in its frame. */
export const FIGURES: Routes = { timeline: { ...BASIS, bucketMs: 60_000, buckets: [] } }

export function AskFigures(): null {
  useAnswer('timeline')
  return null
}
