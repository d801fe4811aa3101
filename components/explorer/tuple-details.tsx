'use client'

import { useState } from 'react'
import { describeRule } from '@/components/format/rule'
import { buttonClass } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { DrawerSection } from '@/components/ui/drawer-section'
import { Failed } from '@/components/ui/failed'
import { Skeleton } from '@/components/ui/skeleton'
import { ViewLink } from '@/components/view/view-link'
import type { TupleRow } from '@/lib/flow/answers'
import type { RowField } from '@/lib/flow/fields'
import { addTerm } from '@/lib/link/edit'
import { DecodedFields } from './decoded-fields'
import { FlowRows } from './flow-rows'
import { NeighbourRows } from './neighbour-rows'
import { RecordView } from './record-view'
import type { OpenTuple } from './use-tuple'
import { VerdictNote } from './verdict-note'
import { Whereabouts } from './whereabouts'
import { WrittenLine } from './written-line'

function Lines({ count }: { count: number }) {
  return (
    <div className="flex flex-col gap-3 py-2">
      {Array.from({ length: count }, (_, i) => (
        <Skeleton key={i} className="h-3 w-full" />
      ))}
    </div>
  )
}

/** What stands behind the decision, and wider questions that begin at this tuple. */
function Explained({ tuple }: { tuple: TupleRow }) {
  const { src, dst, rule, acl } = tuple
  const look = buttonClass()
  return (
    <div className="px-4 pb-3">
      <p className="pb-2 text-pretty text-muted">{describeRule(tuple.rule)}</p>
      <nav aria-label="From here" className="flex flex-wrap gap-1.5">
        <ViewLink className={look} patch={{ q: `src:${src} dst:${dst}` }}>
          This pair
        </ViewLink>
        <ViewLink className={look} patch={{ q: `ip:${src}` }}>
          All of {src}
        </ViewLink>
        {rule === '' ? null : (
          <ViewLink className={look} patch={{ q: addTerm(addTerm('', 'rule', rule), 'acl', acl) }}>
            All that this rule decided
          </ViewLink>
        )}
      </nav>
    </div>
  )
}

/** One tuple: its fields, the line it was read from, and the byte where that stands. */
export function TupleDetails({ open, names }: { open: OpenTuple; names: ReadonlyMap<string, string> }) {
  const { tuple, raw, error, retry } = open
  const [pointed, setPointed] = useState<RowField | null>(null)
  if (tuple === null && raw === null && error) return <Failed message={error.message} requestId={error.requestId} onRetry={retry} />
  return (
    <>
      {tuple ? <Explained tuple={tuple} /> : null}
      <DrawerSection title="As written" actions={raw?.line ? <CopyButton what="the line" text={raw.line} /> : null}>
        {raw ? (
          <>
            {raw.line === null ? null : (
              <WrittenLine line={raw.line} format={tuple?.format ?? null} pointed={pointed} onPoint={setPointed} />
            )}
            <VerdictNote verdict={raw.verdict} rereading={open.rereading} onAgain={open.retry} />
          </>
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
      {tuple && (raw || error) ? (
        <>
          <FlowRows key={`flow ${tuple.id}`} of={tuple} names={names} />
          <NeighbourRows key={`neighbours ${tuple.id}`} of={tuple} />
        </>
      ) : null}
    </>
  )
}
