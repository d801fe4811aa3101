'use client'

import { formatBytes } from '@/components/format/number'
import { bytesByKind } from './bytes-by-kind'
import { useCounters } from './use-counters'

/** Where a sum of bytes has some of both kinds of log, how much of each; nothing where it has not. */
export function MixedBytes({ isLong = false }: { isLong?: boolean }) {
  const { data } = useCounters()
  const { nsg, vnet, isMixed } = bytesByKind(data?.byFormat ?? [])
  if (!isMixed) return null
  return (
    <span className="text-label text-caution" title="VNet logs count encapsulation, NSG logs do not: the two do not compare">
      NSG {formatBytes(nsg)} + VNet {formatBytes(vnet)}
      <span className={isLong ? '' : 'sr-only'}>, not comparable</span>
    </span>
  )
}
