'use client'

import { FieldValue } from '@/components/pages/explorer/value/field-value'
import { formatCount } from '@/components/parts/format/number'
import { shortResource } from '@/components/parts/format/resource'
import { formatInstant } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { fieldOf, ROW_FIELDS, type RowField } from '@/lib/flow/field/fields'
import { serviceName } from '@/lib/flow/tuple/services'

const WORDS = { allow: 'allowed', deny: 'denied' } as const

/** Details that the table has no room for. */
function useMore(tuple: TupleRow, field: RowField): string | null {
  const { zone } = useView()
  if (field === 'time' || field === 'recordTime') return zone === 'utc' ? null : formatInstant(tuple[field], 'utc')
  if (field === 'action') return WORDS[tuple.action]
  if (field === 'sport' || field === 'dport') return serviceName(tuple[field])
  if (field === 'acl') return shortResource(tuple.acl) === tuple.acl ? null : tuple.acl
  if (field === 'log') return tuple.log
  if (field === 'bytesSent' || field === 'bytesReceived') {
    const bytes = tuple[field]
    return bytes === null || bytes < 1024 ? null : `${formatCount(bytes)} bytes`
  }
  return null
}

function DecodedField({
  tuple,
  field,
  names,
  pointed,
  onPoint,
}: {
  tuple: TupleRow
  field: RowField
  names: ReadonlyMap<string, string>
  pointed: boolean
  onPoint: (field: RowField | null) => void
}) {
  const { label, about } = fieldOf(field)
  const more = useMore(tuple, field)
  return (
    <div
      onPointerEnter={() => onPoint(field)}
      onPointerLeave={() => onPoint(null)}
      className={classNames('col-span-2 grid min-h-7 grid-cols-subgrid items-start rounded-sm py-1', pointed && 'bg-accent-soft')}
    >
      <dt className="text-label leading-5 whitespace-nowrap text-muted" title={about}>
        {label}
      </dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-x-2 *:max-w-full">
        <FieldValue tuple={tuple} field={field} names={names} />
        {more ? <span className="data text-label text-faint wrap-anywhere">{more}</span> : null}
      </dd>
    </div>
  )
}

/** Every field of a tuple. */
export function DecodedFields({
  tuple,
  names,
  pointed,
  onPoint,
}: {
  tuple: TupleRow
  names: ReadonlyMap<string, string>
  pointed: RowField | null
  onPoint: (field: RowField | null) => void
}) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4">
      {ROW_FIELDS.map((field) => (
        <DecodedField key={field} tuple={tuple} field={field} names={names} pointed={field === pointed} onPoint={onPoint} />
      ))}
    </dl>
  )
}
