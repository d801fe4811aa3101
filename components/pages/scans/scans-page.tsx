'use client'

import { useLoad } from '@/components/parts/answer/load/load-provider'
import { AS_IT_IS } from '@/components/parts/answer/load/load-state'
import { AnswerPanel } from '@/components/parts/answer/panel/answer-panel'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { useAsk } from '@/components/parts/answer/use-ask'
import { Configured } from '@/components/parts/configured/configured'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { ExportTable } from '@/components/parts/table/export-table'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { type SegmentChoice, Segmented } from '@/components/ui/segmented'
import { Empty } from '@/components/ui/states/empty'
import type { ScansAnswer } from '@/lib/flow/answer/traffic/scans'
import { type ScanGroup, USUAL, writeThresholds } from '@/lib/flow/field/scan'
import { sortText } from '@/lib/link/keys/order'
import { NarrowLinks } from './narrow-links'
import { ScanTable } from './scan-table'
import { ThresholdsForm } from './thresholds-form'

const GROUPS: readonly SegmentChoice<ScanGroup>[] = [
  { value: 'ip', label: 'address', about: 'each address separately' },
  { value: '24-64', label: '/24, /64', about: 'IPv4 networks of 256 addresses, IPv6 networks of one link' },
  { value: '16-48', label: '/16, /48', about: 'IPv4 networks of 65,536 addresses, IPv6 networks of one site' },
]
/** Groupings of one family, which only links name. */
const OTHERS: readonly SegmentChoice<ScanGroup>[] = [
  { value: '24', label: '/24', about: 'IPv4 networks of 256 addresses; IPv6 by address' },
  { value: '16', label: '/16', about: 'IPv4 networks of 65,536 addresses; IPv6 by address' },
  { value: '64', label: '/64', about: 'IPv6 networks of one link; IPv4 by address' },
  { value: '48', label: '/48', about: 'IPv6 networks of one site; IPv4 by address' },
]
const STEPS = [50, 200, 1000] as const

/** Shown if there is traffic but no inbound denial. */
function NoDeniedSources() {
  const { q, go } = useView()
  const filtered = q.trim() !== ''
  return (
    <Empty title="No denied sources" actions={filtered ? <Button onClick={() => go({ q: null })}>Clear the filter</Button> : null}>
      {filtered ? 'No inbound tuple that matches the filter was denied.' : 'No inbound tuple of this range was denied.'}
    </Empty>
  )
}

function Shown({ data, limit }: { data: ScansAnswer; limit: number }) {
  const { go } = useView()
  const { patch } = useOptions('scans')
  const { rows, total } = data
  const more = STEPS.find((step) => step > limit)
  const allowed = rows.filter((row) => row.allowed !== null).length
  return (
    <p className="flex min-h-10 flex-wrap items-center gap-x-3 border-t border-line px-3 py-1 text-label text-muted">
      <span>
        <span className="data text-ink">{formatCount(rows.length)}</span> shown of {formatPlural(total, 'denied source')}
      </span>
      <span>
        <span className="data text-ink">{formatCount(allowed)}</span>
        {allowed === rows.length && rows.length < total ? ' or more' : ''} also allowed
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
  const { q, go } = useView()
  const { phase } = useLoad()
  const { options, patch } = useOptions('scans')
  const { group, thresholds, limit, sort } = options
  const ask = useAsk()
  const extra = {
    ...(group === 'ip' ? {} : { group }),
    ...(writeThresholds(thresholds) === writeThresholds(USUAL) ? {} : { thresholds: writeThresholds(thresholds) }),
    ...(sort.column === 'allowed' && sort.descending ? {} : { sort: sortText(sort) }),
  }
  const answered = useAnswer('scans', { ...extra, ...(limit === STEPS[0] ? {} : { limit: String(limit) }) })
  const sheet = {
    name: 'denied sources',
    total: answered.data?.total ?? 0,
    load: async () => (await ask('scans', { ...extra, limit: String(STEPS[2]) })).rows,
  }
  return (
    <div className="flex flex-col gap-3 px-3 pt-2 pb-4 sm:px-4">
      <h1 className="sr-only">Scans</h1>
      <AnswerPanel
        title="Denied inbound sources"
        answered={answered}
        actions={
          <>
            <ThresholdsForm />
            <Segmented
              label="Sources by"
              choices={[...GROUPS, ...OTHERS.filter(({ value }) => value === group)]}
              value={group}
              onChange={(next) => go(patch({ group: next }))}
            />
            <NarrowLinks group={group} thresholds={thresholds} />
            <ExportTable sheets={[sheet]} />
          </>
        }
        isEmpty={({ total, coverage }) => total === 0 && (coverage.tuples === 0 || AS_IT_IS.includes(phase))}
        skeleton={<RowsSkeleton rows={14} height={43} head />}
      >
        {(data) =>
          data.total === 0 ? (
            <NoDeniedSources />
          ) : (
            <>
              {q.trim() === '' ? null : (
                <p className="px-3 py-1.5 text-label text-muted">
                  Kinds are told by the attempts that the filter leaves, and may differ from those of the whole range; <code>scanner:</code>{' '}
                  in a filter asks the whole range.
                </p>
              )}
              <ScanTable data={data} group={group} thresholds={thresholds} />
              <Shown data={data} limit={limit} />
            </>
          )
        }
      </AnswerPanel>
    </div>
  )
}

/** Denied inbound tuples by source, with the kind of scan and the traffic that was allowed. */
export function ScansPage() {
  return (
    <Configured>
      <Scans />
    </Configured>
  )
}
