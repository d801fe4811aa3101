'use client'

import Link from 'next/link'
import { useState } from 'react'
import { formatDuration } from '@/components/format/time'
import { buttonClass } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { DrawerSection } from '@/components/ui/drawer-section'
import { Failed } from '@/components/ui/failed'
import { Skeleton } from '@/components/ui/skeleton'
import { useView } from '@/components/view/use-view'
import type { TupleRow } from '@/lib/flow/answers'
import { MINUTE } from '@/lib/flow/bucket'
import type { RowField } from '@/lib/flow/fields'
import { writeInstant } from '@/lib/link/instant'
import { DecodedFields } from './decoded-fields'
import { RecordView } from './record-view'
import type { OpenTuple } from './use-tuple'
import { Whereabouts } from './whereabouts'
import { WrittenLine } from './written-line'

/** How far around a tuple its neighbours are looked for. */
const AROUND = MINUTE

function Lines({ count }: { count: number }) {
  return (
    <div className="flex flex-col gap-3 py-2">
      {Array.from({ length: count }, (_, i) => (
        <Skeleton key={i} className="h-3 w-full" />
      ))}
    </div>
  )
}

/** Narrower and wider questions that begin at this tuple. */
function Further({ tuple }: { tuple: TupleRow }) {
  const { href } = useView()
  const { src, dst, sport, dport, time } = tuple
  const t = Date.parse(time)
  const around = { from: writeInstant(t - AROUND), to: writeInstant(t + AROUND), last: null }
  const look = buttonClass()
  return (
    <nav aria-label="From here" className="flex flex-wrap gap-1.5 px-4 pb-3">
      <Link prefetch={false} className={look} href={href({ q: `src:${src} dst:${dst} sport:${sport} dport:${dport}` })}>
        Rows of this flow
      </Link>
      <Link prefetch={false} className={look} href={href({ q: `src:${src} dst:${dst}` })}>
        This pair
      </Link>
      <Link prefetch={false} className={look} href={href({ ...around, q: `ip:${src},${dst}` })}>
        Both ends, ±{formatDuration(AROUND)}
      </Link>
    </nav>
  )
}

/** One tuple: its fields, the line it was read from, and the byte where that stands. */
export function TupleDetails({ open, names }: { open: OpenTuple; names: ReadonlyMap<string, string> }) {
  const { tuple, raw, error, retry } = open
  const [pointed, setPointed] = useState<RowField | null>(null)
  if (tuple === null && raw === null && error) return <Failed message={error.message} requestId={error.requestId} onRetry={retry} />
  return (
    <>
      {tuple ? <Further tuple={tuple} /> : null}
      <DrawerSection title="As written" actions={raw ? <CopyButton what="the line" text={raw.line} /> : null}>
        {raw ? (
          <WrittenLine line={raw.line} format={tuple?.format ?? null} pointed={pointed} onPoint={setPointed} />
        ) : error ? (
          <Failed message={error.message} requestId={error.requestId} onRetry={retry} />
        ) : (
          <Lines count={2} />
        )}
      </DrawerSection>
      <DrawerSection title="As read">
        {tuple ? (
          <DecodedFields tuple={tuple} names={names} pointed={pointed} onPoint={setPointed} />
        ) : raw && error ? (
          <Failed message={error.message} requestId={error.requestId} onRetry={retry} />
        ) : (
          <Lines count={12} />
        )}
      </DrawerSection>
      {raw ? (
        <>
          <DrawerSection title="Where it lies">
            <Whereabouts raw={raw} />
          </DrawerSection>
          <div className="border-t border-line px-4 py-2.5">
            <RecordView raw={raw} />
          </div>
        </>
      ) : null}
    </>
  )
}
