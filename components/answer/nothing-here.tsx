'use client'

import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { useView } from '@/components/view/use-view'
import type { Coverage } from '@/lib/flow/answers'
import { useLoad } from './load-provider'

/** Why an answer is empty, and the next step. */
export function NothingHere({ coverage }: { coverage: Coverage }) {
  const { q, asked, go } = useView()
  const { phase, resume } = useLoad()
  if (phase === 'reading') return <Empty title="Nothing so far">The range is still being read.</Empty>
  if (phase === 'cancelled') {
    return (
      <Empty title="Nothing so far" actions={<Button onClick={resume}>Read the rest</Button>}>
        Reading was cancelled before anything that matches was read.
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
