'use client'

import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { decodeRule } from '@/components/parts/format/rule'
import { formatInstant } from '@/components/parts/format/time'
import { hostHref } from '@/components/parts/host-link/host-href'
import { ruleHref } from '@/components/parts/rules/rule-href'
import { type HostEnd, terms } from '@/components/parts/value/address-terms'
import { FigureLink } from '@/components/parts/view/figure-link'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import { ActionMark } from '@/components/ui/marks/action-mark'
import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import { serviceName } from '@/lib/flow/tuple/services'

type Row = HostAnswer['letIn']['rows'][number]

/** Entries shown at first; a button shows the rest. */
const FEW = 3

function portText(port: number): string {
  return [port, serviceName(port)].filter(Boolean).join(' ')
}

function Who({ row }: { row: Row }) {
  const view = useView()
  if (row.end === 'src') return 'It'
  return (
    <Link
      href={hostHref(row.source, view)!}
      title={`All about ${row.source}`}
      className="data hit rounded-sm font-semibold underline underline-offset-3"
    >
      {row.source}
    </Link>
  )
}

function Where({ end, dst }: { end: HostEnd; dst: string }) {
  return end === 'dst' ? null : (
    <>
      {' '}
      to <span className="data">{dst}</span>
    </>
  )
}

function Entry({ address, row }: { address: string; row: Row }) {
  const view = useView()
  const { zone } = view
  const { end, source, denied, allowed } = row
  const filter = terms(end === 'src' ? { src: source, dir: 'in' } : { src: source, dst: address, dir: 'in' })
  const look = 'decoration-current hover:text-inherit hover:decoration-2'
  return (
    <li className="leading-6">
      <Who row={row} /> was denied{' '}
      <FigureLink filter={`${filter} action:deny`} title={formatPlural(denied.tuples, 'denied tuple')} className={look}>
        {denied.tuples === 1 ? 'once' : `${formatCount(denied.tuples)} times`}
      </FigureLink>{' '}
      from <span className="data whitespace-nowrap">{formatInstant(denied.first, zone)}</span> by {decodeRule(denied.rule).name} on{' '}
      <span className="data">{portText(denied.dport)}</span>, then allowed
      <Where end={end} dst={allowed.dst} /> at <span className="data whitespace-nowrap">{formatInstant(allowed.first, zone)}</span> on{' '}
      <span className="data">{portText(allowed.dport)}</span> by rule{' '}
      <Link
        href={ruleHref({ rule: allowed.rule, acl: allowed.acl, dir: 'in' }, view)}
        prefetch={false}
        title={`Details of ${allowed.rule}`}
        className="hit rounded-sm font-semibold underline underline-offset-3 hover:decoration-2"
      >
        {decodeRule(allowed.rule).name}
      </Link>
      :{' '}
      <FigureLink filter={`${filter} action:allow`} alone title={formatPlural(allowed.tuples, 'allowed tuple')} className={look}>
        {formatPlural(allowed.tuples, 'tuple')}
      </FigureLink>
    </li>
  )
}

/** Sources that were denied and then allowed, at this address or the address itself: when, and by which rule. */
export function DeniedThenAllowed({ address, letIn, stale }: { address: string; letIn: HostAnswer['letIn']; stale: boolean }) {
  const [open, setOpen] = useState(false)
  const { rows, total } = letIn
  const shown = open ? rows : rows.slice(0, FEW)
  return (
    <section aria-label="Denied, then allowed" className={classNames('rounded-lg bg-ink px-4 py-2.5 text-ground', stale && 'opacity-80')}>
      <h2 className="flex items-center gap-1.5 text-label font-semibold">
        <ActionMark action="deny" />
        <ArrowRight aria-hidden="true" size={12} />
        <ActionMark action="allow" />
        <span className="ml-0.5">Denied, then allowed</span>
        {total > 1 ? <span className="data font-normal">{formatCount(total)}</span> : null}
      </h2>
      <ul className="mt-1">
        {shown.map((row) => (
          <Entry key={`${row.end} ${row.source}`} address={address} row={row} />
        ))}
      </ul>
      {total > FEW ? (
        <p className="mt-1 flex items-center gap-3 text-label">
          {formatCount(shown.length)} of {formatCount(total)}, newest first
          {rows.length > FEW ? (
            <button
              type="button"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
              className="h-7 rounded-md border border-ground/30 px-2 font-medium hover:bg-ground/10"
            >
              {open ? `Show ${FEW}` : `Show ${formatCount(rows.length)}`}
            </button>
          ) : null}
        </p>
      ) : null}
    </section>
  )
}
