'use client'

import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { formatPlural } from '@/components/parts/format/number'
import { decodeRule } from '@/components/parts/format/rule'
import { formatInstant, formatSecond } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { ActionMark } from '@/components/ui/marks/action-mark'
import type { ScansAnswer } from '@/lib/flow/answer/traffic/scans'
import { serviceName } from '@/lib/flow/tuple/services'

/** Inbound traffic that was allowed from a source, as a link to it: quiet if there is none, highlighted if there is. */
export function AllowedMark({ scan }: { scan: ScansAnswer['rows'][number] }) {
  const { zone, href } = useView()
  const { source, allowed } = scan
  if (allowed === null) return <span className="text-label text-faint">none</span>
  const door = [allowed.dport, serviceName(allowed.dport)].filter(Boolean).join(' ')
  const rule = decodeRule(allowed.rule).name
  return (
    <Link
      prefetch={false}
      href={href({ q: `src:${source} dir:in action:allow`, sort: 'time' }, '/explorer')}
      title={`First allowed ${formatInstant(allowed.first, zone)} by ${allowed.rule} on port ${allowed.dport}, ${formatPlural(allowed.tuples, 'tuple')} in all`}
      className="inline-flex min-h-7 max-w-full flex-wrap items-center gap-x-1.5 rounded-md bg-ink px-2 py-0.5 text-ground hover:underline"
    >
      <ActionMark action="deny" />
      <ArrowRight aria-hidden="true" size={12} />
      <ActionMark action="allow" />
      <span className="font-semibold">allowed</span>
      <span className="data">{formatSecond(allowed.first, zone)}</span>
      <span>
        by <span className="data font-semibold">{rule}</span> on <span className="data">{door}</span>
      </span>
      <span className="text-label opacity-80">{formatPlural(allowed.tuples, 'tuple')}</span>
    </Link>
  )
}
