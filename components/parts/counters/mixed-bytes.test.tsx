import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { BASIS } from '@/components/test/answers'
import { open } from '@/components/test/page'
import { MixedBytes } from './mixed-bytes'

/** The composition of figures is asked after the figures. */
function Figures() {
  useAnswer('timeline')
  return <MixedBytes />
}

it('says why its figures are marked, for all to read', async () => {
  const none = { rows: 0, flows: 0, bytes: 0 }
  const of = (format: 'nsg-v2' | 'vnet-v4', bytes: number) => ({ format, tuples: 1, measured: 1, bytes, packets: 1 })
  open(<Figures />, {
    routes: {
      timeline: { ...BASIS, bucketMs: 60_000, buckets: [] },
      counters: {
        ...{ ...BASIS, tuples: 2, flows: 2, bytes: 3072, packets: 2, measured: 2 },
        ...{ unmeasured: { begin: 0, denied: 0, v1: 0, blank: 0 }, byFormat: [of('nsg-v2', 1024), of('vnet-v4', 2048)] },
        ...{ recreated: { rows: 0, bytes: 0, packets: 0, bytesCorrected: 3072, packetsCorrected: 2 } },
        ...{ copies: { ...none, blobs: 0 }, repeated: none },
      },
    },
  })
  expect(await screen.findByText('NSG 1.00 KiB + VNet 2.00 KiB, not comparable')).not.toHaveClass('sr-only')
})
