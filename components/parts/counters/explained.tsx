'use client'

import type { ReactNode } from 'react'
import { Failed } from '@/components/parts/answer/failed'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { PatchLink } from '@/components/parts/view/patch-link'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/marks/skeleton'
import type { CountersAnswer } from '@/lib/flow/answer/traffic/counters'
import { formatBytes } from '@/lib/flow/text/bytes'
import { bytesByKind } from './bytes-by-kind'
import { useCounters } from './use-counters'

const REASONS = {
  begin: 'begin rows',
  denied: 'denied rows',
  v1: 'NSG v1 rows',
  blank: 'rows with empty counters',
} as const satisfies Record<keyof CountersAnswer['unmeasured'], string>

function Term({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <div className="border-t border-line py-2 first:border-0 first:pt-0 last:pb-0">
      <dt className="flex items-baseline justify-between gap-4 font-medium">
        {name} <span className="data">{value}</span>
      </dt>
      <dd className="mt-0.5 text-label text-muted">{children}</dd>
    </div>
  )
}

function Unmeasured({ unmeasured }: Pick<CountersAnswer, 'unmeasured'>) {
  const some = (Object.keys(REASONS) as (keyof typeof REASONS)[]).filter((reason) => unmeasured[reason] > 0)
  if (some.length === 0) return null
  return <> The rest carry none: {some.map((reason) => `${formatCount(unmeasured[reason])} ${REASONS[reason]}`).join(', ')}.</>
}

function Split({ byFormat }: Pick<CountersAnswer, 'byFormat'>) {
  const { nsg, vnet, isMixed } = bytesByKind(byFormat)
  if (!isMixed) return null
  return (
    <span className="mt-1 block text-caution">
      <span className="data">{formatBytes(nsg)}</span> are from NSG logs and <span className="data">{formatBytes(vnet)}</span> from VNet
      logs, which count encapsulation too: the two do not compare.
    </span>
  )
}

function Terms({ data }: { data: CountersAnswer }) {
  const { recreated, repeated, copies, view } = data
  return (
    <dl>
      <Term name="Tuples" value={formatCount(data.tuples)}>
        Rows as the logs wrote them. A flow has one for its begin, one every five minutes and one for its end.
      </Term>
      <Term name="Flows" value={formatCount(data.flows)}>
        New ones: begin rows, denied rows and NSG v1 rows.
      </Term>
      <Term name="Bytes" value={formatBytes(data.bytes)}>
        Both directions, as are {formatCount(data.packets)} packets. Measured on {formatCount(data.measured)} of {formatCount(data.tuples)}{' '}
        tuples.
        <Unmeasured unmeasured={data.unmeasured} />
        <Split byFormat={data.byFormat} />
      </Term>
      <Term name="Re-created VNet flows" value={formatPlural(recreated.rows, 'row')}>
        {recreated.rows === 0 ? (
          'No end row of this view holds the counters of the one before again.'
        ) : (
          <>
            The platform ended and began them anew in one millisecond, and the next end row holds these counters again. Figures are the
            documented sums, so <span className="data">{formatBytes(recreated.bytes)}</span> and {formatPlural(recreated.packets, 'packet')}{' '}
            count twice. Corrected: <span className="data text-ink">{formatBytes(recreated.bytesCorrected)}</span> and{' '}
            {formatPlural(recreated.packetsCorrected, 'packet')}.
          </>
        )}
      </Term>
      <Term name="Duplicate records" value={formatPlural(repeated.rows + copies.rows, 'tuple')}>
        {formatPlural(repeated.rows, 'row')} ({formatPlural(repeated.flows, 'flow')}, {formatBytes(repeated.bytes)}) that another NIC, log
        or ACL of this view wrote about the same event within a minute, continue rows within five; and {formatPlural(copies.rows, 'row')} (
        {formatPlural(copies.flows, 'flow')}, {formatBytes(copies.bytes)}) of identical records stored a second time. They are{' '}
        {view.once ? 'left out' : 'counted'}.{' '}
        {view.once || repeated.rows + copies.rows > 0 ? (
          <PatchLink patch={{ once: view.once ? null : '1' }} className="rounded-sm py-1 text-accent underline underline-offset-3">
            {view.once ? 'Count duplicates too' : 'Deduplicate'}
          </PatchLink>
        ) : null}
      </Term>
    </dl>
  )
}

/** Explains the page's figures, with the numbers of this view. */
export function Explained() {
  const { data, error, waits, ask, retry } = useCounters()
  return (
    <div className="min-h-80 w-104 max-w-full">
      {error ? (
        <Failed message={error.message} requestId={error.requestId ?? null} onRetry={retry} />
      ) : data ? (
        <Terms data={data} />
      ) : waits ? (
        <>
          <p>This view is large: to find what was measured, and which records are duplicates, all of it is read once more.</p>
          <Button className="mt-2" onClick={ask}>
            Find it
          </Button>
        </>
      ) : (
        <div aria-busy="true" className="flex flex-col gap-3">
          {['tuples', 'flows', 'bytes', 'recreated', 'repeated'].map((part) => (
            <Skeleton key={part} className="h-12 w-full" />
          ))}
        </div>
      )}
    </div>
  )
}
