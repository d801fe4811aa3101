'use client'

import Link from 'next/link'
import { useState } from 'react'
import { Failed } from '@/components/parts/answer/failed'
import { decodeRule, describeRule } from '@/components/parts/format/rule'
import { ruleHref } from '@/components/parts/rules/rule-href'
import { useView } from '@/components/parts/view/use-view'
import { ViewLink } from '@/components/parts/view/view-link'
import { buttonClass } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { DrawerSection } from '@/components/ui/drawer-section'
import { Skeleton } from '@/components/ui/marks/skeleton'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import type { RowField } from '@/lib/flow/field/fields'
import { addTerm } from '@/lib/link/editing/edit'
import { DecodedFields } from './record/decoded-fields'
import { RecordView } from './record/record-view'
import { Whereabouts } from './record/whereabouts'
import { WrittenLine } from './record/written-line'
import { FlowRows } from './rows/flow-rows'
import { NeighbourRows } from './rows/neighbour-rows'
import type { OpenTuple } from './use-tuple'
import { VerdictNote } from './verdict-note'

function Lines({ count }: { count: number }) {
  return (
    <div className="flex flex-col gap-3 py-2">
      {Array.from({ length: count }, (_, i) => (
        <Skeleton key={i} className="h-3 w-full" />
      ))}
    </div>
  )
}

/** Explains the decision and links to wider questions that begin at this tuple. */
function Explained({ tuple }: { tuple: TupleRow }) {
  const { src, dst, rule, acl, dir } = tuple
  const view = useView()
  const look = buttonClass()
  return (
    <div className="px-4 pb-3">
      <p className="pb-2 text-pretty text-muted">{describeRule(tuple.rule)}</p>
      <nav aria-label="Related tuples" className="flex flex-wrap gap-1.5">
        <ViewLink className={look} patch={{ q: `src:${src} dst:${dst}` }}>
          This pair
        </ViewLink>
        <ViewLink className={look} patch={{ q: `ip:${src}` }}>
          All of {src}
        </ViewLink>
        {rule === '' ? null : (
          <ViewLink className={look} patch={{ q: addTerm(addTerm('', 'rule', rule), 'acl', acl) }}>
            All of this rule
          </ViewLink>
        )}
        {rule === '' ? null : (
          <Link className={look} href={ruleHref({ rule, acl, dir }, view)} prefetch={false} title={`Details of ${rule}`}>
            Rule {decodeRule(rule).name}
          </Link>
        )}
      </nav>
    </div>
  )
}

/** One tuple: its fields, the line it was read from, and the position of that line. */
export function TupleDetails({
  open,
  names,
  flowFirst = false,
}: {
  open: OpenTuple
  names: ReadonlyMap<string, string>
  /** True if a flow was opened, so that its tuples come before the fields of the first. */
  flowFirst?: boolean
}) {
  const { tuple, raw, error, retry } = open
  const [pointed, setPointed] = useState<RowField | null>(null)
  if (tuple === null && raw === null && error) return <Failed message={error.message} requestId={error.requestId} onRetry={retry} />
  return (
    <>
      {tuple ? <Explained tuple={tuple} /> : null}
      {tuple && flowFirst ? <FlowRows key={`flow ${tuple.id}`} of={tuple} names={names} /> : null}
      <DrawerSection title="Raw record" actions={raw?.line ? <CopyButton what="the line" text={raw.line} /> : null}>
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
      <DrawerSection title="Decoded fields">
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
          <DrawerSection title="Storage location">
            <Whereabouts raw={raw} />
          </DrawerSection>
          <div className="border-t border-line px-4 py-2.5">
            <RecordView raw={raw} />
          </div>
        </>
      ) : null}
      {tuple && (raw || error) ? (
        <>
          {flowFirst ? null : <FlowRows key={`flow ${tuple.id}`} of={tuple} names={names} />}
          <NeighbourRows key={`neighbours ${tuple.id}`} of={tuple} />
        </>
      ) : null}
    </>
  )
}
