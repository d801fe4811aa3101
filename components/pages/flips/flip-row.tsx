'use client'

import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { formatInstant, formatSecond } from '@/components/parts/format/time'
import { terms } from '@/components/parts/value/address-terms'
import { Value } from '@/components/parts/value/value'
import { useView } from '@/components/parts/view/use-view'
import { Whois } from '@/components/parts/whois/whois'
import { classNames } from '@/components/ui/class-names'
import { ActionMark } from '@/components/ui/marks/action-mark'
import { DirectionMark } from '@/components/ui/marks/direction-mark'
import type { FlipsAnswer } from '@/lib/flow/answer/traffic/flips'
import { serviceName } from '@/lib/flow/tuple/services'
import { COLUMN } from './columns'
import { FlipSide } from './flip-side'

type Row = FlipsAnswer['rows'][number]
type Flip = NonNullable<Row['opened']>

const WAYS = {
  opened: { from: 'deny', to: 'allow', name: 'denied, then allowed' },
  closed: { from: 'allow', to: 'deny', name: 'allowed, then denied' },
} as const

/** Time and direction of the change; links to the first tuple after it. */
function FlipMoment({ row, flip, way }: { row: Row; flip: Flip; way: keyof typeof WAYS }) {
  const { zone, href } = useView()
  const { src, dst, dport, proto, dir } = row
  const { from, to, name } = WAYS[way]
  const loud = way === 'opened' && dir === 'in'
  return (
    <Link
      prefetch={false}
      href={href({ q: terms({ src, dst, dport, proto, dir }), row: flip.id, sort: 'time' }, '/explorer')}
      title={`${name}: the first tuple after the change was logged ${formatInstant(flip.at, zone)}\nopens it in the explorer, with the rest of its flow`}
      className={classNames(
        'inline-flex min-h-7 items-center gap-1.5 rounded-md px-2 hover:underline',
        loud ? 'bg-ink text-ground' : 'bg-hover',
      )}
    >
      <ActionMark action={from} />
      <ArrowRight aria-hidden="true" size={12} />
      <ActionMark action={to} />
      <time dateTime={flip.at} className="data font-semibold">
        {formatSecond(flip.at, zone)}
      </time>
    </Link>
  )
}

function Flow({ row }: { row: Row }) {
  const { src, dst, dport, proto, dir } = row
  return (
    <>
      <span className="flex min-w-0 flex-wrap items-center gap-x-1.5">
        <Value field="src" value={src} ends={{ src, dst }} />
        <span aria-hidden="true" className="text-faint">
          →
        </span>
        <span className="sr-only">to</span>
        <span className="flex items-center">
          <Value field="dst" value={dst} ends={{ src, dst }} whois="none" />
          <span className="data text-faint">:</span>
          <Value field="dport" value={String(dport)}>
            {[dport, serviceName(dport)].filter(Boolean).join(' ')}
          </Value>
        </span>
        <Whois address={dst} />
      </span>
      <span className="flex items-center gap-2 text-label text-faint">
        <DirectionMark dir={dir} />
        <Value field="proto" value={proto} />
        {row.flips > 1 ? <span className="text-caution">{formatPlural(row.flips, 'change')} in all</span> : null}
      </span>
    </>
  )
}

/** One flow: its first change each way, the deciding rules before and after, and its totals. */
export function FlipRow({ row }: { row: Row }) {
  const { zone } = useView()
  const flips = (['opened', 'closed'] as const)
    .flatMap((way) => (row[way] ? [{ way, flip: row[way] }] : []))
    .sort((a, b) => (a.flip.at < b.flip.at ? -1 : a.flip.at > b.flip.at ? 1 : 0))
  return (
    <tbody className="border-b border-line/60 last:border-0 hover:bg-hover">
      {flips.map(({ way, flip }, i) => (
        <tr key={way}>
          <td className={COLUMN.at}>
            <FlipMoment row={row} flip={flip} way={way} />
          </td>
          <th scope="row" className={`${COLUMN.flow} font-normal`}>
            <span className="hidden pb-1.5 @max-xl:block">
              <FlipMoment row={row} flip={flip} way={way} />
            </span>
            {i === 0 ? <Flow row={row} /> : <span className="text-label text-faint">same flow, reverse change</span>}
            <span className="hidden flex-col gap-1 pt-2 @max-3xl:flex">
              <FlipSide run={flip.before} action={WAYS[way].from} foreign={flip.before.acl !== flip.after.acl} />
              <FlipSide run={flip.after} action={WAYS[way].to} foreign={flip.before.acl !== flip.after.acl} />
            </span>
          </th>
          <td className={COLUMN.before}>
            <FlipSide run={flip.before} action={WAYS[way].from} foreign={flip.before.acl !== flip.after.acl} />
          </td>
          <td className={COLUMN.after}>
            <FlipSide run={flip.after} action={WAYS[way].to} foreign={flip.before.acl !== flip.after.acl} />
          </td>
          <td className={COLUMN.counts} title="denied and allowed tuples of the whole range">
            {i === 0 ? (
              <>
                <span className="block text-deny">{formatCount(row.deny)}</span>
                <span className="block text-allow">{formatCount(row.allow)}</span>
              </>
            ) : null}
          </td>
          <td className={COLUMN.seen}>
            {i === 0
              ? [row.first, row.last].map((time, at) => (
                  <time key={at === 0 ? 'first' : 'last'} dateTime={time} title={formatInstant(time, zone)} className="block">
                    {formatSecond(time, zone)}
                  </time>
                ))
              : null}
          </td>
        </tr>
      ))}
    </tbody>
  )
}
