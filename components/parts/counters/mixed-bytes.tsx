'use client'

import { formatBytes } from '@/lib/flow/text/bytes'
import { bytesByKind } from './bytes-by-kind'
import { useCounters } from './use-counters'

/** Bytes of each kind of log if a sum has both, else nothing. */
export function MixedBytes() {
  const { data } = useCounters()
  const { nsg, vnet, isMixed } = bytesByKind(data?.byFormat ?? [])
  if (!isMixed) return null
  return (
    <span className="text-label text-caution" title="VNet logs count encapsulation, NSG logs do not: the two do not compare">
      NSG {formatBytes(nsg)} + VNet {formatBytes(vnet)}, not comparable
    </span>
  )
}
