'use client'

import { valueText } from '@/components/parts/format/value-text'
import { HostLink } from '@/components/parts/host-link/host-link'
import type { Ends } from '@/components/parts/value/menu-entries'
import { Value } from '@/components/parts/value/value'
import { ScopeMark } from '@/components/ui/marks/scope-mark'
import { type FilterField, fieldOf } from '@/lib/flow/fields'

/** One part of a talker's key: a value to filter by; for an address also its kind and a link to its page. */
export function KeyLine({ field, value, ends }: { field: FilterField; value: string; ends: Ends | null }) {
  const isAddress = fieldOf(field).type === 'address'
  return (
    <span className="flex h-5 min-w-0 items-center gap-1.5">
      {isAddress ? <ScopeMark address={value} /> : null}
      <Value field={field} value={value} ends={ends}>
        {valueText(field, value)}
      </Value>
      {isAddress ? <HostLink address={value} className="-my-1 -ml-1" /> : null}
    </span>
  )
}
