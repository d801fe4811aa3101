'use client'

import { useLoad } from '@/components/answer/load-provider'
import { AS_IT_IS } from '@/components/answer/load-state'
import { NothingHere } from '@/components/answer/nothing-here'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Panel } from '@/components/ui/panel'
import { useView } from '@/components/view/use-view'
import type { Coverage } from '@/lib/flow/answers'

/** Why there is nothing about the address, and the next step. */
function Why({ address, coverage }: { address: string; coverage: Coverage }) {
  const { q, asked, go } = useView()
  const { phase } = useLoad()
  const unread = AS_IT_IS.includes(phase) || (!coverage.complete && coverage.problems.length > 0)
  if (unread || coverage.tuples === 0) return <NothingHere coverage={coverage} />
  if (q.trim() !== '' || asked.logs.length > 0) {
    return (
      <Empty title={`Nothing about ${address} here`} actions={<Button onClick={() => go({ q: null, log: null })}>Clear the filter</Button>}>
        The filter leaves no tuple with this address at either end. Without it there may be some.
      </Empty>
    )
  }
  return (
    <Empty
      title={`${address} was not seen`}
      actions={
        asked.range.kind === 'newest' ? null : <Button onClick={() => go({ from: null, to: null, last: null })}>Newest 24 h of data</Button>
      }
    >
      No flow log has a tuple of this range with the address at either end.
    </Empty>
  )
}

export function NothingSeen({ address, coverage }: { address: string; coverage: Coverage }) {
  return (
    <Panel title="What it did">
      <div className="h-60">
        <Why address={address} coverage={coverage} />
      </div>
    </Panel>
  )
}
