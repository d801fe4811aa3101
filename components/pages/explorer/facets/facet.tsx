'use client'

import { ChevronRight, ChevronsDownUp, ChevronsUpDown } from 'lucide-react'
import { useId, useState } from 'react'
import { Awaited } from '@/components/parts/answer/load/awaited'
import { type Answered, useAnswer } from '@/components/parts/answer/use-answer'
import { compactCount, formatCount, formatPlural } from '@/components/parts/format/number'
import { valueName } from '@/components/parts/format/value-name'
import { TryAgain } from '@/components/parts/session/try-again'
import { Value } from '@/components/parts/value/value'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Skeleton } from '@/components/ui/marks/skeleton'
import type { ValuesAnswer } from '@/lib/flow/answer/traffic/values'
import { type FilterField, fieldOf } from '@/lib/flow/field/fields'
import { serviceName } from '@/lib/flow/tuple/services'

/** Number of values listed for a field, at first and after "More". */
const FEW = 8
const MANY = 50

const COLOURS: Readonly<Record<string, string>> = { allow: 'bg-allow-fill', deny: 'hatched bg-deny-fill' }

function Label({ field, value, names }: { field: FilterField; value: string; names: ReadonlyMap<string, string> }) {
  if (value === '') return <span className="text-faint">{valueName(field, value)}</span>
  const service = field === 'dport' || field === 'sport' ? serviceName(Number(value)) : null
  if (service) {
    return (
      <>
        {value} <span className="text-faint">{service}</span>
      </>
    )
  }
  if (field === 'log') return names.get(value) ?? value
  return valueName(field, value)
}

function Row({
  field,
  value,
  tuples,
  most,
  names,
}: ValuesAnswer['rows'][number] & { field: FilterField; most: number; names: ReadonlyMap<string, string> }) {
  return (
    <li className="relative flex h-7 items-center justify-between gap-2 hover:bg-hover">
      <Value field={field} value={value} fills className="flex min-w-0 flex-1 items-center">
        <span className="truncate">
          <Label field={field} value={value} names={names} />
        </span>
      </Value>
      <span className="data text-label text-muted" title={formatPlural(tuples, 'tuple')}>
        {tuples < 1e5 ? formatCount(tuples) : compactCount(tuples)}
      </span>
      <span
        aria-hidden="true"
        className={classNames('absolute bottom-0.5 left-0 h-[3px] rounded-[1px]', COLOURS[value] ?? 'bg-line-strong')}
        style={{ width: `${Math.max(1, (tuples / most) * 100)}%` }}
      />
    </li>
  )
}

function Listed({
  field,
  names,
  answered: { data, error, stale, retry },
}: {
  field: FilterField
  names: ReadonlyMap<string, string>
  answered: Answered<ValuesAnswer>
}) {
  if (error) {
    return (
      <div className="flex flex-col items-start gap-1.5 pb-2 text-label">
        <span role="alert" className="text-caution wrap-anywhere">
          {error.message}
        </span>
        <TryAgain onRetry={retry} />
      </div>
    )
  }
  if (data === undefined) {
    return (
      <div className="pb-2">
        <Awaited>
          <Skeleton className="mt-1 mb-1 h-2.5 w-4/5" />
        </Awaited>
      </div>
    )
  }
  if (data.total === 0) return <p className="pb-2 text-label text-faint">No value in what has been read</p>
  const most = data.rows[0]?.tuples ?? 1
  return (
    <ul className={classNames('pb-1.5 transition-opacity', stale && 'opacity-50')}>
      {data.rows.map((row) => (
        <Row key={row.value} field={field} most={most} names={names} {...row} />
      ))}
    </ul>
  )
}

/** The most frequent values of a field with their tuples; click includes one, alt-click excludes it. Requested only while open. */
export function Facet({
  field,
  names,
  open,
  onToggle,
}: {
  field: FilterField
  names: ReadonlyMap<string, string>
  open: boolean
  onToggle: () => void
}) {
  const id = useId()
  const [limit, setLimit] = useState(FEW)
  const answered = useAnswer('values', { field, limit: String(limit) }, { enabled: open })
  const { label, about } = fieldOf(field)
  const { total = 0, rows = [] } = (open && answered.data) || {}
  return (
    <section aria-label={label} className="px-3 py-0.5">
      <header className="flex items-center">
        <h3 className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={id}
            title={about}
            onClick={onToggle}
            className="-ml-1.5 flex h-7 w-full items-center gap-1 rounded-md px-0.5 text-label font-medium text-muted hover:bg-hover hover:text-ink"
          >
            <ChevronRight
              aria-hidden="true"
              size={13}
              className={classNames('shrink-0 text-faint transition-transform', open && 'rotate-90')}
            />
            <span className="truncate">{label}</span>
          </button>
        </h3>
        {total > FEW ? (
          <Button
            look="ghost"
            className="-mr-1.5 px-1.5"
            aria-label={`${limit === FEW ? 'More' : 'Fewer'} values of ${label}, ${rows.length} of ${total} shown`}
            onClick={() => setLimit(limit === FEW ? MANY : FEW)}
          >
            <span className="data text-faint">
              {formatCount(rows.length)} of {compactCount(total)}
            </span>
            {limit === FEW ? <ChevronsUpDown aria-hidden="true" size={12} /> : <ChevronsDownUp aria-hidden="true" size={12} />}
          </Button>
        ) : null}
      </header>
      <div id={id}>{open ? <Listed field={field} names={names} answered={answered} /> : null}</div>
    </section>
  )
}
