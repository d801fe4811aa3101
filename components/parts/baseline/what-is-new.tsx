'use client'

import { formatBytes, formatCount, formatPlural } from '@/components/parts/format/number'
import { formatRange } from '@/components/parts/format/time'
import { rangePatch } from '@/components/parts/time-range/range-math'
import { Value } from '@/components/parts/value/value'
import { useView } from '@/components/parts/view/use-view'
import { ViewLink } from '@/components/parts/view/view-link'
import { Panel } from '@/components/ui/panel'
import { type Choice, Segmented } from '@/components/ui/segmented'
import type { Baseline } from '@/lib/flow/baseline'
import type { KeyField } from '@/lib/flow/fields'
import { type Basis, COMPARED, useBaseline, useChanges } from './use-baseline'

const CHOICES: readonly Choice<Baseline>[] = [
  { value: 'none', label: 'nothing', about: 'no comparison' },
  { value: 'prev', label: 'period before', about: 'the time of the same length before' },
  { value: '1d', label: '1 day', about: 'the day before the range' },
  { value: '7d', label: '7 days', about: 'the week before the range' },
  { value: '30d', label: '30 days', about: 'the thirty days before the range' },
]

/** Values shown of each kind. */
const SHOWN = 12

function Marked({ field, value, mark, about }: { field: KeyField; value: string; mark: string; about: string }) {
  return (
    <li className="flex min-w-0 items-center gap-1.5" title={about}>
      <span className="data shrink-0 rounded-sm bg-sunken px-1 text-label text-muted">{mark}</span>
      <span className="min-w-0 truncate">
        <Value field={field} value={value} whois="short" />
      </span>
    </li>
  )
}

function Field({ basis, field, name, term }: { basis: Basis; field: KeyField; name: string; term: string | undefined }) {
  const { changes, error } = useChanges(basis, field, term)
  const told =
    changes === null
      ? []
      : [
          ...changes.fresh.slice(0, SHOWN).map((row) => ({ ...row, mark: 'new' })),
          ...changes.grown.slice(0, SHOWN).map((row) => ({ ...row, mark: `×${formatCount(row.times)}` })),
          ...changes.gone.slice(0, SHOWN).map((row) => ({ ...row, mark: 'gone' })),
        ]
  return (
    <section aria-label={name} className="min-w-0">
      <h3 className="text-label font-medium text-muted">
        {name}
        {changes ? (
          <span className="font-normal">
            : {formatCount(changes.fresh.length)} new, {formatCount(changes.grown.length)} grown, {formatCount(changes.gone.length)} gone
          </span>
        ) : null}
      </h3>
      {error ? <p className="text-caution wrap-anywhere">{error.message}</p> : null}
      {changes === null && error === null ? <p className="text-muted">comparing</p> : null}
      {changes !== null && told.length === 0 ? <p className="text-muted">as in the baseline</p> : null}
      <ul>
        {told.map(({ value, mark, now, before }) => (
          <Marked
            key={value}
            field={field}
            value={value}
            mark={mark}
            about={`${formatPlural(now, 'tuple')} in the range, ${formatCount(before)} in the baseline`}
          />
        ))}
      </ul>
    </section>
  )
}

function Covered({ basis }: { basis: Basis }) {
  const { zone } = useView()
  const { state, range, hours, missing, unread } = basis
  return (
    <p className="text-label text-muted">
      Baseline <span className="data text-ink">{formatRange(range.from, range.to, zone)}</span>
      {state === 'waits' ? ': loading' : null}
      {state === 'failed' ? <span className="text-caution">: cannot be listed</span> : null}
      {state === 'none' ? <span className="text-caution">: the logs hold nothing of it, so that nothing can be called new</span> : null}
      {state === 'unread' ? (
        <>
          <span className="text-caution">: {formatBytes(unread)} of it are not read. </span>
          <ViewLink patch={rangePatch(range)} className="text-accent underline underline-offset-3">
            Open it
          </ViewLink>
        </>
      ) : null}
      {state === 'here' ? (
        <>
          : the logs cover{' '}
          <span className={missing > 0 ? 'text-caution' : ''}>
            {formatCount(hours - missing)} of {formatPlural(hours, 'hour')}
          </span>
          . The {COMPARED} values with the most tuples on either side are compared.
        </>
      ) : null}
    </p>
  )
}

/** What is new, gone or more frequent than in a baseline, field by field. `term` narrows the link's filter. */
export function WhatIsNew({
  term,
  fields,
  baseline,
  onBaseline,
}: {
  term?: string
  fields: readonly (readonly [field: KeyField, name: string])[]
  baseline: Baseline
  onBaseline: (baseline: Baseline) => void
}) {
  const basis = useBaseline(baseline)
  return (
    <Panel title="What is new" actions={<Segmented label="Compared with" choices={CHOICES} value={baseline} onChange={onBaseline} />}>
      <div className="flex flex-col gap-2 p-3">
        {basis === null ? (
          <p className="text-label text-muted">
            {baseline === 'none' ? 'Compare with a time before this range to see what is new, gone, or more frequent.' : 'loading'}
          </p>
        ) : (
          <Covered basis={basis} />
        )}
        {basis?.state === 'here' ? (
          <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
            {fields.map(([field, name]) => (
              <Field key={field} basis={basis} field={field} name={name} term={term} />
            ))}
          </div>
        ) : null}
      </div>
    </Panel>
  )
}
