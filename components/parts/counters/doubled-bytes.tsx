'use client'

import { PatchLink } from '@/components/parts/view/patch-link'
import { useView } from '@/components/parts/view/use-view'
import { formatBytes } from '@/lib/flow/text/bytes'
import { useCounters } from './use-counters'

/** Bytes of the view, or of a term beside its filter, that were counted twice, with the link that deduplicates; nothing if there are none. */
export function DoubledBytes({ term }: { term?: string | undefined }) {
  const { once } = useView().asked
  const { data } = useCounters(term)
  const bytes = data && !once ? data.repeated.bytes + data.copies.bytes : 0
  if (bytes === 0) return null
  return (
    <span
      className="text-label text-caution"
      title="Several logs or several files hold the same traffic: these bytes are in the sum twice or more"
    >
      {formatBytes(bytes)} counted twice{' '}
      <PatchLink patch={{ once: '1' }} className="-my-1.5 rounded-sm py-1.5 whitespace-nowrap text-accent underline underline-offset-3">
        Deduplicate
      </PatchLink>
    </span>
  )
}
