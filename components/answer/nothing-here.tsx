'use client'

import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { useView } from '@/components/view/use-view'
import type { Coverage } from '@/lib/flow/answers'
import { useLoad } from './load-provider'
import { isUnread } from './unread'

/** Why an answer is empty, and the next step. */
export function NothingHere({ coverage }: { coverage: Coverage }) {
  const { q, asked, go } = useView()
  const { phase, plan, resume } = useLoad()
  if (phase === 'reading') return <Empty title="Nothing so far">The range is still being read.</Empty>
  if (plan !== null) {
    return isUnread(coverage) ? (
      <Empty title="Not read yet">Nothing of the range is here. What reading it takes stands above.</Empty>
    ) : (
      <Empty title="Nothing so far">Nothing that is here matches. What reading the rest takes stands above.</Empty>
    )
  }
  if (phase === 'cancelled' || phase === 'unstarted') {
    return (
      <Empty title="Nothing so far" actions={<Button onClick={resume}>Read the rest</Button>}>
        {phase === 'cancelled' ? 'Reading was cancelled before anything that matches was read.' : 'Reading could not begin.'}
      </Empty>
    )
  }
  if (!coverage.complete && coverage.problems.length > 0) {
    return <Empty title="Nothing could be read">What failed is listed above. This says nothing about the traffic.</Empty>
  }
  if (coverage.tuples > 0 && (q.trim() !== '' || asked.logs.length > 0)) {
    return (
      <Empty title="The filter matches nothing" actions={<Button onClick={() => go({ q: null, log: null })}>Clear the filter</Button>}>
        There is traffic in the range, but none that the filter lets through.
      </Empty>
    )
  }
  return (
    <Empty
      title="Nothing in this range"
      actions={<Button onClick={() => go({ from: null, to: null, last: null })}>Newest 24 h of data</Button>}
    >
      {coverage.blobs === 0 ? 'No flow log has a blob for it.' : 'Its blobs hold no tuple of this time.'}
    </Empty>
  )
}
