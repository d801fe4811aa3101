'use client'

import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { Value } from '@/components/parts/value/value'
import { useView } from '@/components/parts/view/use-view'
import type { KeyField } from '@/lib/flow/field/fields'
import { readBaseline } from '@/lib/flow/time/baseline'
import type { Change } from './compare'
import { Covered } from './covered'
import { useBaseline } from './use-baseline'
import { keyText, useChanges } from './use-changes'

const Changes = createContext<ReadonlyMap<string, Change> | null>(null)

/** Values that are gone which a table names. */
const GONE = 8

/** The change of a value against the baseline, in one word beside it. */
export function ChangeMark({ change: { mark, now, before } }: { change: Change }) {
  return (
    <span
      title={`${formatPlural(now, 'tuple')} in the range, ${formatCount(before)} in the baseline`}
      className="data shrink-0 rounded-sm bg-sunken px-1 text-label leading-4 text-muted"
    >
      {mark}
    </span>
  )
}

/** The mark of a row of a table within `Marked`: new, or so many times as much as in the baseline. */
export function RowMark({ of }: { of: readonly string[] }) {
  const change = useContext(Changes)?.get(keyText(of))
  return change ? <ChangeMark change={change} /> : null
}

/**
 * A table whose rows are compared with the baseline that the page's link names, if it names one: `keys` are the rows' values of `by`. Below it stands what
 * is gone, and how much of the baseline the logs cover.
 */
export function Marked({
  by,
  keys,
  term,
  children,
}: {
  by: readonly KeyField[]
  keys: readonly (readonly string[])[]
  term?: string
  children: ReactNode
}) {
  const { params } = useView()
  const basis = useBaseline(readBaseline(params.get('baseline') ?? ''))
  const { changes, error } = useChanges(basis, by, { term, shown: keys })
  const found = useMemo(() => new Map(changes?.map((change) => [keyText(change.key), change])), [changes])
  const gone = changes?.filter(({ mark }) => mark === 'gone') ?? []
  return (
    <Changes value={found}>
      {children}
      {basis === null ? null : (
        <div className="flex flex-wrap items-center gap-x-3 border-t border-line px-3 py-1 text-label text-muted">
          {gone.length === 0 ? null : (
            <ul aria-label="Gone since the baseline" className="flex min-w-0 flex-wrap items-center gap-x-3">
              {gone.slice(0, GONE).map((change) => (
                <li key={keyText(change.key)} className="flex min-w-0 items-center gap-1.5">
                  <ChangeMark change={change} />
                  {change.key.map((value, i) => (
                    <Value key={by[i]} field={by[i]!} value={value} whois="short" />
                  ))}
                </li>
              ))}
              {gone.length > GONE ? <li>and {formatCount(gone.length - GONE)} more</li> : null}
            </ul>
          )}
          {error ? <p className="text-caution wrap-anywhere">{error.message}</p> : null}
          <Covered basis={basis} />
        </div>
      )}
    </Changes>
  )
}
