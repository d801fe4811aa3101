'use client'

import type { ReactNode } from 'react'
import { compactCount, formatPlural } from '@/components/parts/format/number'
import type { CountersAnswer } from '@/lib/flow/answer/traffic/counters'
import { formatBytes } from '@/lib/flow/text/bytes'
import { bytesByKind } from './bytes-by-kind'
import { DoubledBytes } from './doubled-bytes'
import { MixedBytes } from './mixed-bytes'
import { useCounters } from './use-counters'

/** The sum corrected for re-created flows; the difference if both look the same. */
function Corrected({ bytes, recreated }: Pick<CountersAnswer, 'bytes' | 'recreated'>) {
  const corrected = formatBytes(recreated.bytesCorrected)
  const less = formatBytes(recreated.bytes)
  return (
    <span title={`${formatPlural(recreated.rows, 'end row')} of re-created VNet flows: ${less} count twice`}>
      corrected <span className="data text-muted">{corrected === formatBytes(bytes) ? `−${less}` : corrected}</span>,{' '}
      {formatPlural(recreated.rows, 'row')}
    </span>
  )
}

function Kinds({ byFormat }: Pick<CountersAnswer, 'byFormat'>) {
  const { nsg, vnet, isMixed } = bytesByKind(byFormat)
  if (isMixed) return <MixedBytes />
  if (nsg === 0 && vnet === 0) return 'none measured'
  return `all from ${nsg > 0 ? 'NSG' : 'VNet'} logs`
}

/** Two short lines about a sum of bytes: how it was measured or corrected, and which kinds of log it is from. */
export function BytesAbout({ change }: { change: ReactNode }) {
  const { data } = useCounters()
  return (
    <span className="block max-sm:min-h-16">
      {change}
      {data === undefined ? (
        'where the log measured them'
      ) : data.recreated.rows > 0 ? (
        <Corrected {...data} />
      ) : (
        `on ${compactCount(data.measured)} of ${compactCount(data.tuples)} tuples`
      )}
      <span className="block min-h-8 min-[1800px]:min-h-4">{data ? <Kinds {...data} /> : null}</span>
      <span className="block min-h-4">
        <DoubledBytes />
      </span>
    </span>
  )
}
