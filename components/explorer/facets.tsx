'use client'

import { useAnswer } from '@/components/answer/use-answer'
import { compactCount, formatCount, formatPlural } from '@/components/format/number'
import { serviceName } from '@/components/format/port'
import { decodeRule } from '@/components/format/rule'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Skeleton } from '@/components/ui/skeleton'
import { Value } from '@/components/value/value'
import { type FilterField, fieldOf } from '@/lib/flow/fields'

/** Values shown of each field. */
const LIMIT = '8'
const FACETS = ['action', 'dir', 'dport', 'proto', 'state', 'rule', 'log'] as const satisfies readonly FilterField[]

const COLOURS: Readonly<Record<string, string>> = { allow: 'bg-allow-fill', deny: 'hatched bg-deny-fill' }

function Label({ field, value, names }: { field: FilterField; value: string; names: ReadonlyMap<string, string> }) {
  const service = field === 'dport' ? serviceName(Number(value)) : null
  if (service) {
    return (
      <>
        {value} <span className="text-faint">{service}</span>
      </>
    )
  }
  if (field === 'log') return names.get(value) ?? value
  return field === 'rule' ? decodeRule(value).name : value
}

function Facet({ field, names }: { field: FilterField; names: ReadonlyMap<string, string> }) {
  const { data, error, stale, retry } = useAnswer('talkers', { by: field, limit: LIMIT })
  const { label } = fieldOf(field)
  const most = Math.max(1, ...(data?.rows.map(({ tuples }) => tuples) ?? []))
  const hidden = data ? data.total - data.rows.length : 0
  return (
    <section aria-label={label} aria-busy={stale} className="px-3 py-2">
      <h3 className="text-label font-medium text-muted">{label}</h3>
      {error ? (
        <div className="flex items-start justify-between gap-2 py-1 text-label">
          <span role="alert" className="text-deny wrap-anywhere">
            {error.message}
          </span>
          <Button onClick={retry}>Try again</Button>
        </div>
      ) : null}
      {!data && !error ? <Skeleton className="my-2 h-2.5 w-4/5" /> : null}
      <ul className={classNames('mt-0.5 transition-opacity', stale && 'opacity-50')}>
        {data?.rows.map(({ key, tuples }) => {
          const value = String(key)
          return (
            <li key={value} className="relative flex h-7 items-center justify-between gap-2 hover:bg-hover">
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
        })}
      </ul>
      {data && hidden > 0 ? (
        <p className="flex h-6 items-center justify-between text-label text-faint">
          <span>{formatPlural(hidden, 'other')}</span>
          <span className="data" title={formatPlural(data.other.tuples, 'tuple')}>
            {data.other.tuples < 1e5 ? formatCount(data.other.tuples) : compactCount(data.other.tuples)}
          </span>
        </p>
      ) : null}
    </section>
  )
}

/** The most frequent values of some fields with their tuples; click keeps one, alt-click drops it. */
export function Facets({ names }: { names: ReadonlyMap<string, string> }) {
  return (
    <aside
      aria-label="Values"
      className="relative w-52 shrink-0 divide-y divide-line overflow-y-auto border-r border-line bg-ground xl:w-64"
    >
      {FACETS.map((field) => (
        <Facet key={field} field={field} names={names} />
      ))}
    </aside>
  )
}
