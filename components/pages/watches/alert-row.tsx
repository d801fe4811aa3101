'use client'

import { Check, ListTree, Undo2 } from 'lucide-react'
import Link from 'next/link'
import { LevelMark } from '@/components/parts/findings/level-mark'
import { formatPlural } from '@/components/parts/format/number'
import { formatInstant } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { Button, buttonClass } from '@/components/ui/button'
import type { Alert } from '@/lib/flow/answer/kept/alert'
import { write } from '@/lib/link/params'
import { pageKeys } from '@/lib/link/views'
import { useAcknowledge } from './use-watches'

function hrefOf({ q, logs, from, to }: Alert): string {
  const range = { kind: 'fixed', from: Date.parse(from), to: Date.parse(to) } as const
  return `/explorer?${write(pageKeys('tuples'), { asked: { range, q, filter: null, logs, asof: null, once: false }, options: {} })}`
}

const STATES = { waiting: 'waits for', sent: 'sent to', failed: 'not taken by' } as const

/** Shows an alert, its deliveries, and who acknowledged it. */
export function AlertRow({ alert }: { alert: Alert }) {
  const { zone } = useView()
  const { id, title, sentence, level, found, tuples, acknowledged, deliveries } = alert
  const acknowledge = useAcknowledge(id)
  return (
    <li className="flex flex-col gap-1 px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <time dateTime={found} className="data text-muted">
          {formatInstant(found, zone)}
        </time>
        {level === null ? null : <LevelMark level={level} />}
        <span className="font-medium wrap-anywhere">{title}</span>
        <span className="ml-auto flex flex-wrap items-center gap-1">
          <Link href={hrefOf(alert)} prefetch={false} className={buttonClass('ghost')}>
            <ListTree aria-hidden="true" size={13} />
            Show {formatPlural(tuples, 'tuple')}
          </Link>
          <Button
            look={acknowledged === null ? 'plain' : 'ghost'}
            disabled={acknowledge.isPending}
            onClick={() => acknowledge.mutate(acknowledged === null)}
          >
            {acknowledged === null ? <Check aria-hidden="true" size={13} /> : <Undo2 aria-hidden="true" size={13} />}
            {acknowledged === null ? 'Acknowledge' : 'Open again'}
          </Button>
        </span>
      </div>
      <p className="wrap-anywhere">{sentence}</p>
      {acknowledge.error ? (
        <p role="alert" className="text-caution">
          {acknowledge.error.message}
        </p>
      ) : null}
      {acknowledged === null ? null : (
        <p className="text-label text-muted wrap-anywhere">
          acknowledged {formatInstant(acknowledged.at, zone)}
          {acknowledged.by === null ? '' : ` by ${acknowledged.by}`}
          {acknowledged.note === '' ? '' : `: ${acknowledged.note}`}
        </p>
      )}
      {deliveries.length === 0 ? null : (
        <ul className="text-label text-muted">
          {deliveries.map(({ webhook, state, tries, problem }) => (
            <li key={webhook} className={state === 'failed' ? 'text-caution' : undefined}>
              {STATES[state]} {webhook}
              {problem === null ? '' : `: ${problem}`}
              {problem === null || tries === 0 ? '' : `, ${formatPlural(tries, 'try', 'tries')}`}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
