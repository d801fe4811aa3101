'use client'

import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { formatPlural } from '@/components/format/number'
import { serviceName } from '@/components/format/port'
import { decodeRule } from '@/components/format/rule'
import { formatInstant, formatMoment } from '@/components/format/time'
import { ActionMark } from '@/components/ui/action-mark'
import { useView } from '@/components/view/use-view'
import type { ScansAnswer } from '@/lib/flow/answers'

/** Whether anything from a source was let in: calm when nothing was, the loudest thing of the table otherwise. Leads to what was let in. */
export function LetInMark({ scan }: { scan: ScansAnswer['rows'][number] }) {
  const { zone, href } = useView()
  const { source, allowed } = scan
  if (allowed === null) return <span className="text-label text-faint">nothing</span>
  const door = [allowed.dport, serviceName(allowed.dport)].filter(Boolean).join(' ')
  const rule = decodeRule(allowed.rule).name
  return (
    <Link
      prefetch={false}
      href={href({ q: `src:${source} dir:in action:allow`, sort: 'time' }, '/explorer')}
      title={`First let in ${formatInstant(allowed.first, zone)} by ${allowed.rule} on port ${allowed.dport}, ${formatPlural(allowed.tuples, 'tuple')} in all`}
      className="inline-flex min-h-7 max-w-full flex-wrap items-center gap-x-1.5 rounded-md bg-ink px-2 py-0.5 text-ground hover:underline"
    >
      <ActionMark action="deny" />
      <ArrowRight aria-hidden="true" size={12} />
      <ActionMark action="allow" />
      <span className="font-semibold">let in</span>
      <span className="data">{formatMoment(allowed.first, zone)}</span>
      <span>
        by <span className="data font-semibold">{rule}</span> on <span className="data">{door}</span>
      </span>
      <span className="text-label opacity-80">{formatPlural(allowed.tuples, 'tuple')}</span>
    </Link>
  )
}
