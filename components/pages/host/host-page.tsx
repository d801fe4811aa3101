'use client'

import { Failed } from '@/components/parts/answer/failed'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { type Answered, useAnswer } from '@/components/parts/answer/use-answer'
import { WhatIsNew } from '@/components/parts/baseline/what-is-new'
import { Configured } from '@/components/parts/configured/configured'
import { Timeline } from '@/components/parts/timeline/timeline'
import { terms } from '@/components/parts/value/address-terms'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { late } from '@/components/ui/late'
import { Panel } from '@/components/ui/panel'
import { Empty } from '@/components/ui/states/empty'
import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import { DeniedThenAllowed } from './denied-then-allowed'
import { Directions } from './directions'
import { HostHead } from './host-head'
import { HostRules } from './host-rules'
import { Nics } from './nics'
import { NothingSeen } from './nothing-seen'
import { RolePanel } from './role-panel'
import { WhoisPanel } from './whois-panel'

const NeighbourhoodPanel = late(() => import('./neighbourhood/neighbourhood-panel').then((part) => part.NeighbourhoodPanel))

/** One column each: traffic to the address, and traffic from it. */
const ENDS = ['dst', 'src'] as const

const FIELDS = [
  ['src', 'Sources'],
  ['dst', 'Destinations'],
  ['dport', 'Ports'],
  ['rule', 'Rules'],
] as const

function New({ address }: { address: string }) {
  const { go } = useView()
  const { options, patch } = useOptions('host')
  return (
    <WhatIsNew
      term={terms({ ip: address })}
      fields={FIELDS}
      baseline={options.baseline}
      onBaseline={(baseline) => go(patch({ baseline }))}
    />
  )
}

/** The results, or one panel that explains why there are none. */
function Findings({ address, answered }: { address: string; answered: Answered<HostAnswer> }) {
  const { phase } = useLoad()
  const { data, error, retry } = answered
  if (error) {
    return (
      <Panel title="Activity">
        <Failed message={error.message} requestId={error.requestId} onRetry={retry} />
      </Panel>
    )
  }
  if (phase === 'blocked') {
    return (
      <Panel title="Activity">
        <Empty title="Filter error: no query run">Correct the filter to see results.</Empty>
      </Panel>
    )
  }
  if (data && data.total.tuples === 0 && data.letIn.total === 0) return <NothingSeen address={address} coverage={data.coverage} />
  return (
    <>
      <Timeline term={terms({ ip: address })} />
      {data && data.letIn.total > 0 ? <DeniedThenAllowed address={address} letIn={data.letIn} stale={answered.stale} /> : null}
      <NeighbourhoodPanel address={address} />
      <New address={address} />
      <div className="grid gap-3 lg:grid-cols-2 *:min-w-0">
        {ENDS.map((end) => (
          <div key={end} className="flex flex-col gap-3">
            <RolePanel address={address} end={end} action="allow" answered={answered} />
            <RolePanel address={address} end={end} action="deny" answered={answered} />
          </div>
        ))}
      </div>
      <div className="grid gap-3 lg:grid-cols-[7fr_5fr] *:min-w-0">
        <HostRules address={address} answered={answered} />
        <div className="flex flex-col gap-3">
          <Directions address={address} answered={answered} />
          <Nics address={address} answered={answered} />
        </div>
      </div>
    </>
  )
}

function Host({ address }: { address: string }) {
  const answered = useAnswer('host', { ip: address })
  const own = answered.data?.ip === address ? answered : { ...answered, data: undefined, loading: answered.error === null }
  return (
    <div className="flex flex-col gap-3 px-3 pt-2 pb-4 sm:px-4">
      <HostHead address={address} answered={own} />
      <WhoisPanel address={address} />
      <Findings address={address} answered={own} />
    </div>
  )
}

/** Everything about one address in the view's range and filter; `address` is in canonical text. */
export function HostPage({ address }: { address: string }) {
  return (
    <Configured>
      <Host address={address} />
    </Configured>
  )
}
