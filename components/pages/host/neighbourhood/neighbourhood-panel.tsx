'use client'

import { useRef } from 'react'
import { AnswerPanel } from '@/components/parts/answer/panel/answer-panel'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { formatPlural } from '@/components/parts/format/number'
import { type HostEnd, otherEnd, terms } from '@/components/parts/value/address-terms'
import { both } from '@/components/parts/view/both'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { useContextNames } from '@/components/parts/whois/use-whois'
import { Skeleton } from '@/components/ui/marks/skeleton'
import { useWidth } from '@/components/ui/size/use-width'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import { PATH_METRICS, type PathMetric } from '@/lib/flow/field/metric'
import { Neighbourhood } from './neighbourhood'
import { groupsOf } from './peers'

/** Maximum number of peers of each side that are shown individually; the rest of a side is one more. */
const PEERS = 29
/** With less room, the sides are drawn one below the other, and with less than `one`, they scroll sideways. Pixels. */
const LEAST_WIDTH = { both: 640, one: 320 }
/** Padding at the sides of the drawing. Pixels. */
const PADDING = 24

function Drawn({
  address,
  inbound,
  outbound,
  metric,
}: {
  address: string
  inbound: PathsAnswer
  outbound: PathsAnswer
  metric: PathMetric
}) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const sides = { inbound: groupsOf(inbound, metric), outbound: groupsOf(outbound, metric) }
  const room = width - PADDING
  const isStacked = sides.inbound.length > 0 && sides.outbound.length > 0 && room < LEAST_WIDTH.both
  const drawn = { address, metric, width: Math.max(LEAST_WIDTH.one, room) }
  const count = (answer: PathsAnswer) => answer.values.at(-1) ?? 0
  return (
    <>
      <div ref={frame} className="overflow-x-auto px-3 py-2">
        {width > 0 && isStacked ? (
          <>
            <Neighbourhood {...drawn} inbound={sides.inbound} outbound={[]} />
            <Neighbourhood {...drawn} inbound={[]} outbound={sides.outbound} />
          </>
        ) : null}
        {width > 0 && !isStacked ? <Neighbourhood {...drawn} {...sides} /> : null}
      </div>
      <p className="flex flex-wrap gap-x-4 border-t border-line px-3 py-1.5 text-label text-muted">
        <span>
          {formatPlural(count(inbound), 'host')} came to it, {isStacked ? 'above' : 'on the left'}
        </span>
        <span>
          it went to {formatPlural(count(outbound), 'host')}, {isStacked ? 'below' : 'on the right'}
        </span>
        <span>whole lines allowed, broken lines denied; width by {metric}</span>
      </p>
    </>
  )
}

/** The peers of one address in groups: inside, the platform, and the internet by organisation or country. */
export function NeighbourhoodPanel({ address }: { address: string }) {
  const { q } = useView()
  const { options } = useOptions('host')
  const told = useContextNames()
  const metric = PATH_METRICS.find((one) => one === options.metric) ?? 'tuples'
  const group = told.includes('org') ? 'org' : told.includes('country') ? 'country' : 'net'
  const useSide = (end: HostEnd) =>
    useAnswer('paths', {
      q: both(q, terms({ [end]: address })),
      by: `${otherEnd(end)}.${group},${otherEnd(end)}`,
      limit: String(PEERS),
      ...(metric === 'tuples' ? {} : { metric }),
    })
  const [inbound, outbound] = [useSide('dst'), useSide('src')]
  const { data: out } = outbound
  return (
    <AnswerPanel
      title="Neighbourhood"
      answered={{ ...inbound, data: out && inbound.data, error: inbound.error ?? outbound.error, stale: inbound.stale || outbound.stale }}
      skeleton={
        <div className="h-80 p-3">
          <Skeleton className="h-full w-full" />
        </div>
      }
    >
      {(data) => (out ? <Drawn address={address} inbound={data} outbound={out} metric={metric} /> : null)}
    </AnswerPanel>
  )
}
