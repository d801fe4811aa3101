'use client'

import type { ReactNode } from 'react'
import { compactCount, formatBytes, formatPlural } from '@/components/format/number'
import { bytesByKind } from './bytes-by-kind'
import { useCounters } from './use-counters'

/** Two short lines about a sum of bytes: on what it was measured or what it would be corrected, and from which kinds of log it is. */
export function BytesAbout({ change }: { change?: ReactNode }) {
  const { data } = useCounters()
  if (data === undefined)
    return (
      <>
        {change}where the log measured them
        <br />
        &nbsp;
      </>
    )
  const { recreated, byFormat, measured, tuples } = data
  const { nsg, vnet, isMixed } = bytesByKind(byFormat)
  return (
    <>
      {change}
      {recreated.rows > 0 ? (
        <span title={`${formatPlural(recreated.rows, 'end row')} of re-created VNet flows: ${formatBytes(recreated.bytes)} count twice`}>
          <span className="data text-muted">{formatBytes(recreated.bytesCorrected)}</span> corrected, {formatPlural(recreated.rows, 'row')}
        </span>
      ) : (
        `on ${compactCount(measured)} of ${compactCount(tuples)} tuples`
      )}
      <br />
      {isMixed ? (
        <span className="text-caution" title="VNet logs count encapsulation, NSG logs do not: the two do not compare">
          NSG {formatBytes(nsg)} + VNet {formatBytes(vnet)}
        </span>
      ) : nsg > 0 ? (
        'all from NSG logs'
      ) : vnet > 0 ? (
        'all from VNet logs'
      ) : (
        'none measured'
      )}
    </>
  )
}
