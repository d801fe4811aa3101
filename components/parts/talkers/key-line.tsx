'use client'

import type { ReactNode } from 'react'
import { valueText } from '@/components/parts/format/value-text'
import { HostLink } from '@/components/parts/host-link/host-link'
import type { RowEnds } from '@/components/parts/value/menu-entries'
import { Value } from '@/components/parts/value/value'
import { ScopeMark } from '@/components/ui/marks/scope-mark'
import { type FilterField, fieldOf } from '@/lib/flow/field/fields'

/** One part of a talker's key: a value to filter by; for an address also its kind and a link to its page. */
export function KeyLine({
  field,
  value,
  ends,
  whois = 'full',
  children,
}: {
  field: FilterField
  value: string
  ends: RowEnds | null
  /** Amount of context that is shown beside an address. */
  whois?: 'full' | 'short'
  /** Shown after it. */
  children?: ReactNode
}) {
  const isAddress = fieldOf(field).type === 'address'
  return (
    <span className="flex h-5 min-w-0 items-center gap-1.5 print:h-auto print:flex-wrap">
      {isAddress ? <ScopeMark address={value} /> : null}
      <Value field={field} value={value} ends={ends} whois={whois}>
        {valueText(field, value)}
      </Value>
      {isAddress ? <HostLink address={value} className="-my-1 -ml-1" /> : null}
      {children}
    </span>
  )
}
