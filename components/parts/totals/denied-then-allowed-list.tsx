'use client'

import { formatPlural } from '@/components/parts/format/number'
import { serviceName } from '@/components/parts/format/port'
import { decodeRule } from '@/components/parts/format/rule'
import { formatInstant } from '@/components/parts/format/time'
import { Value } from '@/components/parts/value/value'
import { useView } from '@/components/parts/view/use-view'
import type { DeniedThenAllowedScan } from './denied-then-allowed-scan'

/** Every source that was allowed after it had been denied, newest first. */
export function DeniedThenAllowedList({ rows }: { rows: readonly DeniedThenAllowedScan[] }) {
  const { zone } = useView()
  return (
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
            allowed at <span className="data">{formatInstant(allowed.first, zone)}</span> on port{' '}
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
  )
}
