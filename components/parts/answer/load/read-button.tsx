'use client'

import { formatPlural } from '@/components/parts/format/number'
import { formatDuration } from '@/components/parts/format/time'
import { Button } from '@/components/ui/button'
import type { Plan } from '@/lib/flow/answer/read/plan'
import { formatBytes } from '@/lib/flow/text/bytes'
import { useLoad } from './load-provider'

/** Text of the button: `Read 12.4 GiB in 1,204 blobs (about 40 s)`. */
export function describePlan({ blobs, bytes, cachedBlobs, cachedBytes, estimateMs }: Plan): string {
  const time = formatDuration(Math.max(1000, Math.ceil(estimateMs / 1000) * 1000))
  return `Read ${formatBytes(bytes - cachedBytes)} in ${formatPlural(blobs - cachedBlobs, 'blob')} (about ${time})`
}

/** A button that agrees to the plan. */
export function ReadButton({ plan, primary = false }: { plan: Plan; primary?: boolean }) {
  const { resume } = useLoad()
  return (
    <Button look={primary ? 'primary' : 'plain'} onClick={resume}>
      {describePlan(plan)}
    </Button>
  )
}
