'use client'

import { Badge } from '@/components/ui/badge'
import type { Coverage } from '@/lib/flow/answers'
import { useLoad } from './load-provider'
import type { Answered } from './use-answer'

/** Marks figures that may still grow, that lack a part, or that stand in for an answer. */
export function AnswerNote({ answered }: { answered: Answered<{ coverage: Coverage }> }) {
  const { phase } = useLoad()
  const { data, partial, provisional } = answered
  if (provisional && data !== undefined) {
    const { complete } = data.coverage
    return (
      <Badge tone={complete ? 'neutral' : 'caution'} title="Put together from what was here already; the answer is on its way">
        {complete ? 'provisional' : 'provisional, partial'}
      </Badge>
    )
  }
  if (data === undefined || data.coverage.complete) return null
  const { blobs, blobsRead } = data.coverage
  const title = `${blobsRead} of ${blobs} blobs read`
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
