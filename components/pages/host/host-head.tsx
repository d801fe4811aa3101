'use client'

import { Table2 } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { AnswerNote } from '@/components/parts/answer/panel/answer-note'
import type { Answered } from '@/components/parts/answer/use-answer'
import { useBasis } from '@/components/parts/answer/use-basis'
import { DoubledBytes } from '@/components/parts/counters/doubled-bytes'
import { formatCount, formatPlural, formatShare } from '@/components/parts/format/number'
import { SCAN_NAMES } from '@/components/parts/format/scan-names'
import { formatInstant } from '@/components/parts/format/time'
import { terms } from '@/components/parts/value/address-terms'
import { both } from '@/components/parts/view/both'
import { FigureLink } from '@/components/parts/view/figure-link'
import { useView } from '@/components/parts/view/use-view'
import { buttonClass } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Badge } from '@/components/ui/marks/badge'
import { ScopeMark } from '@/components/ui/marks/scope-mark'
import { Skeleton } from '@/components/ui/marks/skeleton'
import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import { formatBytes } from '@/lib/flow/text/bytes'

/** The roles of the address, in a few words. */
function Roles({ data }: { data: HostAnswer }) {
  const { roles, scan, cards: nics } = data
  const portsOf = (end: 'src' | 'dst') => roles.find((role) => role.end === end && role.action === 'allow')?.ports.total ?? 0
  const inbound = portsOf('dst')
  const outbound = portsOf('src')
  return (
    <ul aria-label="Roles" className="flex flex-wrap items-center gap-1.5">
      {inbound > 0 ? (
        <li>
          <Badge tone="allow">inbound allowed: {formatPlural(inbound, 'port')}</Badge>
        </li>
      ) : null}
      {outbound > 0 ? (
        <li>
          <Badge tone="allow">outbound allowed: {formatPlural(outbound, 'port')}</Badge>
        </li>
      ) : null}
      {scan ? (
        <li>
          <Badge tone="deny" title={SCAN_NAMES[scan.kind].about}>
            denied: {SCAN_NAMES[scan.kind].name}
          </Badge>
        </li>
      ) : null}
      {nics.some(({ own }) => own > 0) ? (
        <li>
          <Badge title="a logged NIC sent or received as this address">NIC has flow logs</Badge>
        </li>
      ) : null}
    </ul>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-label text-muted">{name}</dt>
      <dd className="data">{children}</dd>
    </div>
  )
}

function Bytes({ filter, bytes }: { filter: string; bytes: number }) {
  if (bytes === 0) return '0 B'
  return (
    <FigureLink filter={`${filter} bytes>0`} title={`${formatCount(bytes)} bytes`}>
      {formatBytes(bytes)}
    </FigureLink>
  )
}

function Moment({ filter, time, sort }: { filter: string; time: string; sort?: string }) {
  const { zone } = useView()
  return (
    <FigureLink filter={filter} sort={sort} title={sort ? 'The earliest on top' : 'The latest on top'}>
      {formatInstant(time, zone)}
    </FigureLink>
  )
}

const FACTS = ['Tuples', 'Denied', 'Sent', 'Received', 'First in range', 'Last in range'] as const

function Facts({ address, data }: { address: string; data: HostAnswer }) {
  const { matched } = useBasis()
  const { total } = data
  const ip = terms({ ip: address })
  const values: readonly ReactNode[] = [
    <span key="tuples">
      <FigureLink filter={ip} title={formatPlural(total.tuples, 'tuple')}>
        {formatCount(total.tuples)}
      </FigureLink>
      {matched === null ? null : <span className="text-muted"> of {formatCount(matched)}</span>}
    </span>,
    <span key="denied">
      <FigureLink filter={`${ip} action:deny`} title={formatPlural(total.deny, 'denied tuple')}>
        {formatCount(total.deny)}
      </FigureLink>
      <span className="text-muted"> {formatShare(total.deny, total.tuples)}</span>
    </span>,
    <Bytes key="sent" filter={ip} bytes={total.bytesSent} />,
    <Bytes key="received" filter={ip} bytes={total.bytesReceived} />,
    total.first === null ? '–' : <Moment key="first" filter={ip} time={total.first} sort="time" />,
    total.last === null ? '–' : <Moment key="last" filter={ip} time={total.last} />,
  ]
  return FACTS.map((name, i) => (
    <Fact key={name} name={name}>
      {values[i]}
    </Fact>
  ))
}

/** The address, its kind, and its share of the view. */
export function HostHead({ address, answered }: { address: string; answered: Answered<HostAnswer> }) {
  const { q, href } = useView()
  const { phase } = useLoad()
  const { data, error, stale } = answered
  return (
    <header className="rounded-lg border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="data min-w-0 text-figure font-semibold wrap-anywhere">{address}</h1>
        <ScopeMark address={address} words />
        {data ? <Roles data={data} /> : null}
        {error ? null : <AnswerNote answered={answered} />}
        <Link href={href({ q: both(q, terms({ ip: address })) }, '/explorer')} className={classNames(buttonClass(), 'ml-auto')}>
          <Table2 aria-hidden="true" size={13} />
          Show tuples
        </Link>
      </div>
      <dl
        aria-busy={stale}
        className={classNames(
          'mt-2 grid grid-cols-2 gap-x-10 gap-y-2 transition-opacity *:nth-last-[-n+2]:max-sm:col-span-2 sm:grid-cols-3 lg:flex lg:flex-wrap',
          stale && 'opacity-55',
        )}
      >
        {data ? (
          <Facts address={address} data={data} />
        ) : (
          FACTS.map((name) => (
            <Fact key={name} name={name}>
              {error || phase === 'blocked' ? '–' : <Skeleton className="my-1 h-3 w-24" />}
            </Fact>
          ))
        )}
      </dl>
      <DoubledBytes term={terms({ ip: address })} />
    </header>
  )
}
