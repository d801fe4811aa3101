'use client'

import { useLoad } from '@/components/parts/answer/load/load-provider'
import { isUnread } from '@/components/parts/answer/load/unread'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/states/empty'
import { allRead } from '@/lib/flow/answer/all-read'
import type { Coverage } from '@/lib/flow/answer/answer'

/** Explains why an answer is empty, with a next step. */
export function NothingHere({ coverage }: { coverage: Coverage }) {
  const { q, asked, go } = useView()
  const { phase, plan, resume } = useLoad()
  if (phase === 'reading') return <Empty title="Nothing so far">The range is still being read.</Empty>
  if (plan !== null) {
    return isUnread(coverage) ? (
      <Empty title="Not read yet">Nothing of the range has been read. The estimate is above.</Empty>
    ) : (
      <Empty title="Nothing so far">Nothing read so far matches. The estimate for the rest is above.</Empty>
    )
  }
  if (phase === 'cancelled' || phase === 'unstarted') {
    return (
      <Empty title="Nothing so far" actions={<Button onClick={resume}>Read the rest</Button>}>
        {phase === 'cancelled' ? 'Reading was cancelled before anything that matches was read.' : 'Reading could not begin.'}
      </Empty>
    )
  }
  if (!allRead(coverage) && coverage.problems.length > 0) {
    return <Empty title="Nothing could be read">What failed is listed above. This says nothing about the traffic.</Empty>
  }
  if (!allRead(coverage)) return <Empty title="Nothing so far">This was answered before all blobs of the range were read.</Empty>
  if (coverage.tuples > 0 && (q.trim() !== '' || asked.logs.length > 0)) {
    return (
      <Empty title="The filter matches nothing" actions={<Button onClick={() => go({ q: null, log: null })}>Clear the filter</Button>}>
        There is traffic in the range, but none matches the filter.
      </Empty>
    )
  }
  return (
    <Empty
      title="Nothing in this range"
      actions={<Button onClick={() => go({ from: null, to: null, last: null })}>Latest 24 h of data</Button>}
    >
      {coverage.blobs === 0 ? 'No flow log has a blob for it.' : 'Its blobs have no tuples in this range.'}
    </Empty>
  )
}
