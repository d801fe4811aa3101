'use client'

import { useLoad } from '@/components/parts/answer/load/load-provider'
import { AS_IT_IS } from '@/components/parts/answer/load/load-state'
import { NothingHere } from '@/components/parts/answer/panel/nothing-here'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { Empty } from '@/components/ui/states/empty'
import { allRead } from '@/lib/flow/answer/all-read'
import type { Coverage } from '@/lib/flow/answer/answer'

/** Explains why there is nothing about the address, with a next step. */
function Why({ address, coverage }: { address: string; coverage: Coverage }) {
  const { q, asked, go } = useView()
  const { phase } = useLoad()
  const unread = AS_IT_IS.includes(phase) || (!allRead(coverage) && coverage.problems.length > 0)
  if (unread || coverage.tuples === 0) return <NothingHere coverage={coverage} />
  if (q.trim() !== '' || asked.logs.length > 0) {
    return (
      <Empty title={`No tuples of ${address} match`} actions={<Button onClick={() => go({ q: null, log: null })}>Clear the filter</Button>}>
        The filter matches no tuple with this address at either end.
      </Empty>
    )
  }
  return (
    <Empty
      title={`${address} was not seen`}
      actions={
        asked.range.kind === 'newest' ? null : <Button onClick={() => go({ from: null, to: null, last: null })}>Latest 24 h of data</Button>
      }
    >
      No flow log has a tuple of this range with the address at either end.
    </Empty>
  )
}

export function NothingSeen({ address, coverage }: { address: string; coverage: Coverage }) {
  return (
    <Panel title="Activity">
      <div className="h-60">
        <Why address={address} coverage={coverage} />
      </div>
    </Panel>
  )
}
