'use client'

import { TriangleAlert } from 'lucide-react'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { ReadButton } from '@/components/parts/answer/load/read-button'
import { formatCount } from '@/components/parts/format/number'
import { Button } from '@/components/ui/button'
import type { Plan } from '@/lib/flow/answer/read/plan'
import { formatBytes } from '@/lib/flow/text/bytes'
import { Fact, Facts } from './facts'

/** Replaces the status until the reader has agreed to the large read, or declined it. */
export function AskToRead({ plan }: { plan: Plan }) {
  const { cancel } = useLoad()
  const { blobs, cachedBlobs, askAbove } = plan
  return (
    <section aria-label="Before reading" className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      <p role="status" className="flex h-7 items-center gap-1.5 text-label font-medium text-caution">
        <TriangleAlert aria-hidden="true" size={13} />
        {cachedBlobs === 0 ? 'Not read yet' : 'Not all read yet'}
      </p>
      <Facts>
        <Fact
          value={`${formatCount(cachedBlobs)} of ${formatCount(blobs)}`}
          name="blobs here"
          after
          title={`Flowlens asks before it reads more than ${formatBytes(askAbove)} (FLOWLENS_ASK_ABOVE)`}
        />
      </Facts>
      <ReadButton plan={plan} primary />
      <Button onClick={cancel}>Show what is already here</Button>
    </section>
  )
}
