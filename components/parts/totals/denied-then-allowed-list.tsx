'use client'

import Link from 'next/link'
import { formatPlural } from '@/components/parts/format/number'
import { decodeRule } from '@/components/parts/format/rule'
import { formatInstant } from '@/components/parts/format/time'
import { hostHref } from '@/components/parts/host-link/host-href'
import { ruleHref } from '@/components/parts/rules/rule-href'
import { Value } from '@/components/parts/value/value'
import { FigureLink } from '@/components/parts/view/figure-link'
import { useView } from '@/components/parts/view/use-view'
import { serviceName } from '@/lib/flow/tuple/services'
import type { DeniedThenAllowedScan } from './denied-then-allowed-scan'

const LINK = 'hit data rounded-sm underline decoration-line-strong underline-offset-3 hover:text-accent hover:decoration-current'

/** Every source that was allowed after it had been denied, newest first. */
export function DeniedThenAllowedList({ rows }: { rows: readonly DeniedThenAllowedScan[] }) {
  const view = useView()
  const { zone } = view
  return (
    <ul className="w-120 max-w-full divide-y divide-line">
      {rows.map(({ source, attempts, ports, targets, first, allowed }) => (
        <li key={source} className="py-2 first:pt-0 last:pb-0">
          <p className="flex flex-wrap items-center gap-x-2">
            <Link href={hostHref(source, view)!} prefetch={false} title={`All about ${source}`} className={`${LINK} font-semibold`}>
              {source}
            </Link>
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
            <Link
              href={ruleHref({ rule: allowed.rule, dir: 'in' }, view)}
              prefetch={false}
              title={`Details of ${allowed.rule}`}
              className={LINK}
            >
              {decodeRule(allowed.rule).name}
            </Link>
            ,{' '}
            <FigureLink filter={`src:${source} dir:in action:allow`} alone title="What was allowed, in the explorer">
              {formatPlural(allowed.tuples, 'tuple')}
            </FigureLink>
          </p>
        </li>
      ))}
    </ul>
  )
}
