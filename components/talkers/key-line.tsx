'use client'

import { serviceName } from '@/components/format/port'
import { decodeRule, shortResource } from '@/components/format/rule'
import { HostLink } from '@/components/host/host-link'
import { ScopeMark } from '@/components/ui/scope-mark'
import type { Ends } from '@/components/value/menu-entries'
import { Value } from '@/components/value/value'
import { type FilterField, fieldOf } from '@/lib/flow/fields'

function reading(field: FilterField, value: string): string | undefined {
  if (fieldOf(field).type === 'port') {
    const service = serviceName(Number(value))
    return service ? `${value} ${service}` : undefined
  }
  if (field === 'rule') return decodeRule(value).name
  return field === 'acl' || field === 'log' ? shortResource(value) : undefined
}

/** One part of a talker's key: a value to filter by, and for an address its kind and the way to its page. */
export function KeyLine({ field, value, ends }: { field: FilterField; value: string; ends: Ends | null }) {
  const text = reading(field, value) ?? value
  const isAddress = fieldOf(field).type === 'address'
  return (
    <span className="flex h-5 min-w-0 items-center gap-1.5">
      {isAddress ? <ScopeMark address={value} /> : null}
      <Value field={field} value={value} ends={ends}>
        {text === '' ? 'none named' : text}
      </Value>
      {isAddress ? <HostLink address={value} className="-my-1 -ml-1" /> : null}
    </span>
  )
}
