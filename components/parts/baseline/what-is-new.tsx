'use client'

import { formatCount } from '@/components/parts/format/number'
import { Value } from '@/components/parts/value/value'
import { Panel } from '@/components/ui/panel'
import { type SegmentChoice, Segmented } from '@/components/ui/segmented'
import type { KeyField } from '@/lib/flow/field/fields'
import { type Baseline, readBaseline, writeBaseline } from '@/lib/flow/time/baseline'
import type { Change } from './compare'
import { Covered } from './covered'
import { ChangeMark } from './marks'
import { type BaselineBasis, useBaseline } from './use-baseline'
import { COMPARED, useChanges } from './use-changes'

const CHOICES: readonly SegmentChoice<string>[] = [
  { value: 'none', label: 'nothing', about: 'no comparison' },
  { value: 'prev', label: 'period before', about: 'the time of the same length before' },
  { value: '24h', label: '1 day', about: 'the day before the range' },
  { value: '7d', label: '7 days', about: 'the week before the range' },
  { value: '30d', label: '30 days', about: 'the thirty days before the range' },
]

/** Values shown of each kind. */
const SHOWN = 12

function Field({ basis, field, name, term }: { basis: BaselineBasis; field: KeyField; name: string; term: string | undefined }) {
  const { changes, error } = useChanges(basis, [field], { term })
  const kinds: readonly (readonly [string, Change[]])[] = [
    ['new', changes?.filter(({ mark }) => mark === 'new') ?? []],
    ['grown', changes?.filter(({ mark }) => mark !== 'new' && mark !== 'gone') ?? []],
    ['gone', changes?.filter(({ mark }) => mark === 'gone') ?? []],
  ]
  return (
    <section aria-label={name} className="min-w-0">
      <h3 className="text-label font-medium text-muted">
        {name}
        {changes ? (
          <span className="font-normal">: {kinds.map(([kind, some]) => `${formatCount(some.length)} ${kind}`).join(', ')}</span>
        ) : null}
      </h3>
      {error ? <p className="text-caution wrap-anywhere">{error.message}</p> : null}
      {changes === null && error === null ? <p className="text-muted">comparing</p> : null}
      {changes?.length === 0 ? <p className="text-muted">as in the baseline</p> : null}
      <ul>
        {kinds.flatMap(([, some]) =>
          some.slice(0, SHOWN).map((change) => (
            <li key={change.key[0]} className="flex min-w-0 items-center gap-1.5">
              <ChangeMark change={change} />
              <span className="min-w-0 truncate">
                <Value field={field} value={change.key[0]!} whois="short" />
              </span>
            </li>
          )),
        )}
      </ul>
    </section>
  )
}

/** The values that are new, gone or more frequent than in a baseline, field by field. `term` narrows the link's filter. */
export function WhatIsNew({
  term,
  fields,
  baseline,
  onBaseline,
}: {
  term?: string
  fields: readonly (readonly [field: KeyField, name: string])[]
  baseline: Baseline | null
  onBaseline: (baseline: Baseline | null) => void
}) {
  const basis = useBaseline(baseline)
  const value = baseline === null ? 'none' : writeBaseline(baseline)
  const choices = CHOICES.some((choice) => choice.value === value)
    ? CHOICES
    : [...CHOICES, { value, label: value, about: `${value} before the range` }]
  return (
    <Panel
      className={baseline === null ? 'print:hidden!' : undefined}
      title="What is new"
      actions={<Segmented label="Compared with" choices={choices} value={value} onChange={(next) => onBaseline(readBaseline(next))} />}
    >
      <div className="flex flex-col gap-2 p-3">
        {basis === null ? (
          <p className="text-label text-muted">
            {baseline === null ? 'Compare with a time before this range to see what is new, gone, or more frequent.' : 'loading'}
          </p>
        ) : (
          <Covered basis={basis} />
        )}
        {basis?.state === 'here' ? (
          <>
            <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
              {fields.map(([field, name]) => (
                <Field key={field} basis={basis} field={field} name={name} term={term} />
              ))}
            </div>
            <p className="text-label text-muted">
              The {COMPARED} values with the most tuples on either side are compared. A filter such as new:src keeps only what is new.
            </p>
          </>
        ) : null}
      </div>
    </Panel>
  )
}
