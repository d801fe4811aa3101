'use client'

import { AnswerPanel } from '@/components/answer/answer-panel'
import { useLoad } from '@/components/answer/load-provider'
import { AS_IT_IS } from '@/components/answer/load-state'
import { useAnswer } from '@/components/answer/use-answer'
import { formatCount, formatPlural } from '@/components/format/number'
import { Configured } from '@/components/shell/configured'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { type Choice, Segmented } from '@/components/ui/segmented'
import { useOptions } from '@/components/view/use-options'
import { useView } from '@/components/view/use-view'
import type { ScansAnswer } from '@/lib/flow/answers'
import { type ScanGroup, USUAL, writeThresholds } from '@/lib/flow/scan'
import { NarrowLinks } from './narrow-links'
import { ScanTable } from './scan-table'
import { ThresholdsForm } from './thresholds-form'

const GROUPS: readonly Choice<ScanGroup>[] = [
  { value: 'ip', label: 'address', about: 'each address for itself' },
  { value: '24', label: '/24', about: 'IPv4 networks of 256 addresses; IPv6 by address' },
  { value: '16', label: '/16', about: 'IPv4 networks of 65,536 addresses; IPv6 by address' },
  { value: '64', label: '/64', about: 'IPv6 networks of one link; IPv4 by address' },
  { value: '48', label: '/48', about: 'IPv6 networks of one site; IPv4 by address' },
]
const STEPS = [50, 200, 1000] as const

/** There is traffic, and nobody was denied inbound. */
function NobodyKnocked() {
  const { q, go } = useView()
  const filtered = q.trim() !== ''
  return (
    <Empty title="Nobody was kept out" actions={filtered ? <Button onClick={() => go({ q: null })}>Clear the filter</Button> : null}>
      {filtered ? 'No inbound tuple that the filter lets through was denied.' : 'No inbound tuple of this range was denied.'}
    </Empty>
  )
}

function Shown({ data, limit }: { data: ScansAnswer; limit: number }) {
  const { go } = useView()
  const { patch } = useOptions('scans')
  const { rows, total } = data
  const more = STEPS.find((step) => step > limit)
  const letIn = rows.filter(({ allowed }) => allowed !== null).length
  return (
    <p className="flex min-h-10 flex-wrap items-center gap-x-3 border-t border-line px-3 py-1 text-label text-muted">
      <span>
        <span className="data text-ink">{formatCount(rows.length)}</span> shown of{' '}
        {formatPlural(total, 'source that was kept out', 'sources that were kept out')}
      </span>
      <span>
        <span className="data text-ink">{formatCount(letIn)}</span>
        {letIn === rows.length && rows.length < total ? ' or more' : ''} let in as well
      </span>
      {rows.length < total && more !== undefined ? (
        <Button look="ghost" onClick={() => go(patch({ limit: more }))}>
          Show {formatCount(more)}
        </Button>
      ) : null}
    </p>
  )
}

function Scans() {
  const { go } = useView()
  const { phase } = useLoad()
  const { options, patch } = useOptions('scans')
  const { group, thresholds, limit } = options
  const answered = useAnswer('scans', {
    ...(group === 'ip' ? {} : { group }),
    ...(writeThresholds(thresholds) === writeThresholds(USUAL) ? {} : { thresholds: writeThresholds(thresholds) }),
    ...(limit === STEPS[0] ? {} : { limit: String(limit) }),
  })
  return (
    <div className="flex flex-col gap-3 px-3 pt-2 pb-4 sm:px-4">
      <h1 className="sr-only">Scans</h1>
      <AnswerPanel
        title="Who knocked and was kept out"
        answered={answered}
        actions={
          <>
            <ThresholdsForm />
            <Segmented label="Sources by" choices={GROUPS} value={group} onChange={(next) => go(patch({ group: next }))} />
            <NarrowLinks group={group} thresholds={thresholds} />
          </>
        }
        isEmpty={({ total, coverage }) => total === 0 && (coverage.tuples === 0 || AS_IT_IS.includes(phase))}
        skeleton={<RowsSkeleton rows={14} height={43} head />}
      >
        {(data) =>
          data.total === 0 ? (
            <NobodyKnocked />
          ) : (
            <>
              <ScanTable data={data} group={group} thresholds={thresholds} />
              <Shown data={data} limit={limit} />
            </>
          )
        }
      </AnswerPanel>
    </div>
  )
}

/** Denied inbound tuples by source: what each was about, and whether anything from it was let in. */
export function ScansPage() {
  return (
    <Configured>
      <Scans />
    </Configured>
  )
}
