'use client'

import { useLoad } from '@/components/parts/answer/load/load-provider'
import type { Answered } from '@/components/parts/answer/use-answer'
import { formatPlural } from '@/components/parts/format/number'
import { Badge } from '@/components/ui/marks/badge'
import type { Coverage } from '@/lib/flow/answer/answer'

/** Marks figures that may still grow, that lack a part, or that are provisional. */
export function AnswerNote({ answered }: { answered: Answered<{ coverage: Coverage }> }) {
  const { phase } = useLoad()
  const { data, partial, provisional } = answered
  if (provisional && data !== undefined) {
    const { complete } = data.coverage
    return (
      <Badge tone={complete ? 'neutral' : 'caution'} title="Built from cached answers; the full answer is on its way">
        {complete ? 'provisional' : 'provisional, partial'}
      </Badge>
    )
  }
  if (data === undefined || data.coverage.complete) return null
  const { blobs, blobsRead, malformed } = data.coverage
  const read = `${blobsRead} of ${blobs} blobs read`
  const title = malformed === 0 ? read : `${read}, ${formatPlural(malformed, 'record or tuple', 'records or tuples')} rejected`
  if (partial && phase === 'reading') {
    return (
      <Badge tone="caution" title={title}>
        partial, still reading
      </Badge>
    )
  }
  return (
    <Badge tone="caution" title={title}>
      {partial ? 'partial' : 'incomplete'}
    </Badge>
  )
}
