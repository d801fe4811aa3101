'use client'

import { formatBytes } from '@/lib/flow/text/bytes'
import { bytesByKind } from './bytes-by-kind'
import { useCounters } from './use-counters'

/** Bytes of each kind of log if the sum of the view, or of a term beside its filter, has both; else nothing. */
export function MixedBytes({ term }: { term?: string | undefined }) {
  const { data } = useCounters(term)
  const { nsg, vnet, isMixed } = bytesByKind(data?.byFormat ?? [])
  if (!isMixed) return null
  return (
    <span className="text-label text-caution" title="VNet logs count encapsulation, NSG logs do not: the two do not compare">
      NSG {formatBytes(nsg)} + VNet {formatBytes(vnet)}, not comparable
    </span>
  )
}
