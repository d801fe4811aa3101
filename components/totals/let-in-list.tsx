'use client'

import { ChevronDown } from 'lucide-react'
import { formatPlural } from '@/components/format/number'
import { serviceName } from '@/components/format/port'
import { decodeRule } from '@/components/format/rule'
import { formatInstant } from '@/components/format/time'
import { Popover } from '@/components/ui/popover'
import { Value } from '@/components/value/value'
import { useView } from '@/components/view/use-view'
import type { LetInScan } from './let-in-scan'

/** Every source that got in after it had been kept out, newest first. */
export function LetInList({ rows }: { rows: readonly LetInScan[] }) {
  const { zone } = useView()
  return (
    <Popover
      label="Sources that were kept out, then let in"
      trigger={
        <button
          type="button"
          className="inline-flex h-7 items-center gap-1 rounded-md border border-ground/30 px-2 text-label font-medium hover:bg-ground/10"
        >
          {rows.length === 1 ? 'Details' : 'Show all'}
          <ChevronDown aria-hidden="true" size={12} />
        </button>
      }
    >
      <ul className="w-120 max-w-full divide-y divide-line">
        {rows.map(({ source, attempts, ports, targets, first, allowed }) => (
          <li key={source} className="py-2 first:pt-0 last:pb-0">
            <p className="flex flex-wrap items-center gap-x-2">
              <Value field="src" value={source} className="font-semibold" />
              <span className="text-muted">
                {formatPlural(attempts, 'denial')} from <span className="data">{formatInstant(first, zone)}</span>,{' '}
                {formatPlural(targets, 'target')}, {formatPlural(ports, 'port')}
              </span>
            </p>
            <p className="mt-0.5">
              let in at <span className="data">{formatInstant(allowed.first, zone)}</span> on port{' '}
              <Value field="dport" value={String(allowed.dport)}>
                {[allowed.dport, serviceName(allowed.dport)].filter(Boolean).join(' ')}
              </Value>{' '}
              by{' '}
              <Value field="rule" value={allowed.rule}>
                {decodeRule(allowed.rule).name}
              </Value>
              , {formatPlural(allowed.tuples, 'tuple')}
            </p>
          </li>
        ))}
      </ul>
    </Popover>
  )
}
