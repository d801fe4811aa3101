'use client'

import { Fragment, useRef } from 'react'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { AS_IT_IS } from '@/components/parts/answer/load/load-state'
import { AnswerPanel } from '@/components/parts/answer/panel/answer-panel'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { useAsk } from '@/components/parts/answer/use-ask'
import { Configured } from '@/components/parts/configured/configured'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { formatInstant, zoneName } from '@/components/parts/format/time'
import { useRowKeys } from '@/components/parts/keys/use-row-keys'
import { describeGap, describeReach } from '@/components/parts/later/later-text'
import { useLater } from '@/components/parts/later/use-later'
import { ExportTable } from '@/components/parts/table/export-table'
import { ariaSort, type Sorting, SortName } from '@/components/parts/table/sort-head'
import { rangePatch } from '@/components/parts/time-range/range-math'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { type SegmentChoice, Segmented } from '@/components/ui/segmented'
import { Empty } from '@/components/ui/states/empty'
import type { FlipsAnswer } from '@/lib/flow/answer/traffic/flips'
import type { FlipOrder } from '@/lib/flow/field/orders'
import type { FlipWay } from '@/lib/flow/view/flip'
import { sortText } from '@/lib/link/keys/order'
import { COLUMN } from './columns'
import { FlipRow } from './flip-row'

const WAYS: readonly SegmentChoice<FlipWay>[] = [
  { value: 'all', label: 'either way', about: 'denied and then allowed, or the reverse' },
  { value: 'opened', label: 'then allowed', about: 'denied and then allowed' },
  { value: 'closed', label: 'then denied', about: 'allowed and then denied' },
]
const STEPS = [50, 200, 1000] as const

function FlipTable({ data }: { data: FlipsAnswer }) {
  const { zone } = useView()
  const table = useRef<HTMLTableElement>(null)
  useRowKeys(table)
  const { options, patch } = useOptions('flips')
  const sorting: Sorting<FlipOrder> = { order: options.sort, patchTo: (next) => patch({ sort: next }) }
  const zoned = zoneName(Date.parse(data.view.from), zone)
  const heads: readonly (readonly [keyof typeof COLUMN, string, ...(readonly [FlipOrder, string])[]])[] = [
    ['at', 'time of the first tuple after the change', ['at', `changed, ${zoned}`]],
    ['flow', '', ['src', 'source'], ['dst', 'destination'], ['dport', 'port'], ['flips', 'changes']],
    ['before', 'last rule before the change, and its run of tuples', ['deny', 'before']],
    ['after', 'first rule after the change, and its run of tuples', ['allow', 'after']],
    ['counts', 'tuples of the whole range', ['deny', 'denied'], ['allow', 'allowed']],
    ['seen', 'in the whole range', ['first', 'first'], ['last', 'last']],
  ]
  return (
    <div className="@container overflow-x-auto">
      <table ref={table} className="w-full">
        <thead>
          <tr className="h-8 border-b border-line text-label text-muted">
            {heads.map(([column, about, ...names]) => (
              <th
                key={column}
                scope="col"
                aria-sort={ariaSort(sorting, ...names.map(([order]) => order))}
                className={`${COLUMN[column]} font-sans font-normal`}
              >
                {names.map(([order, name], i) => (
                  <Fragment key={name}>
                    {i > 0 ? ', ' : null}
                    <SortName
                      column={order}
                      name={name}
                      about={about}
                      ascending={['src', 'dst', 'dport'].includes(order)}
                      sorting={sorting}
                    />
                  </Fragment>
                ))}
              </th>
            ))}
          </tr>
        </thead>
        {data.rows.map((row) => (
          <FlipRow key={`${row.src} ${row.dst} ${row.dport} ${row.proto} ${row.dir}`} row={row} />
        ))}
      </table>
    </div>
  )
}

/** Shown if there is traffic but no verdict changed; the time after the range is checked too. */
function NoFlips({ way, view }: { way: FlipWay; view: FlipsAnswer['view'] }) {
  const { q, go, zone } = useView()
  const { patch } = useOptions('flips')
  const later = useLater('flips', view, { ...(way === 'all' ? {} : { way }), limit: String(STEPS[2]) })
  const end = Date.parse(view.to)
  const after = later.data?.rows.filter(({ first, opened, closed }) => Date.parse(first) < end && (opened ?? closed) !== null) ?? []
  const at = Math.min(...after.flatMap(({ opened, closed }) => [opened, closed]).flatMap((flip) => (flip ? [Date.parse(flip.at)] : [])))
  if (later.data && after.length > 0) {
    const wider = rangePatch({ from: Date.parse(view.from), to: Date.parse(later.data.view.to) })
    return (
      <Empty
        title={`No verdict changes within this range, but ${describeGap(at, end)}`}
        actions={<Button onClick={() => go(wider)}>Show them</Button>}
      >
        {formatPlural(after.length, 'flow')} of this range changed its verdict later, the first at {formatInstant(at, zone)}.
      </Empty>
    )
  }
  return (
    <Empty
      title={`No verdict changes${later.state === 'none' ? ' in this range' : describeReach(later.state, later.until, zone)}`}
      actions={
        way === 'all' && q.trim() === '' ? null : (
          <>
            {way === 'all' ? null : <Button onClick={() => go(patch({ way: 'all' }))}>Either way</Button>}
            {q.trim() === '' ? null : <Button onClick={() => go({ q: null })}>Clear the filter</Button>}
          </>
        )
      }
    >
      No flow of this view was{' '}
      {way === 'closed' ? 'allowed and then denied' : way === 'opened' ? 'denied and then allowed' : 'both denied and allowed'} in the
      range: same source, destination, destination port, protocol and direction.
    </Empty>
  )
}

function Shown({ data, limit }: { data: FlipsAnswer; limit: number }) {
  const { go } = useView()
  const { patch } = useOptions('flips')
  const more = STEPS.find((step) => step > limit)
  return (
    <p className="flex min-h-10 flex-wrap items-center gap-x-3 border-t border-line px-3 py-1 text-label text-muted">
      <span>
        <span className="data text-ink">{formatCount(data.rows.length)}</span> shown of {formatPlural(data.total, 'flow')} with verdict
        changes. The filter selects flows; each is evaluated over the whole range.
      </span>
      {data.rows.length < data.total && more !== undefined ? (
        <Button look="ghost" onClick={() => go(patch({ limit: more }))}>
          Show {formatCount(more)}
        </Button>
      ) : null}
    </p>
  )
}

function Flips() {
  const { go } = useView()
  const { phase } = useLoad()
  const { options, patch } = useOptions('flips')
  const { way, limit, sort } = options
  const ask = useAsk()
  const extra = {
    ...(way === 'all' ? {} : { way }),
    ...(sort.column === 'at' && sort.descending ? {} : { sort: sortText(sort) }),
  }
  const answered = useAnswer('flips', { ...extra, ...(limit === STEPS[0] ? {} : { limit: String(limit) }) })
  const sheet = {
    name: 'verdict changes',
    total: answered.data?.total ?? 0,
    load: async () => (await ask('flips', { ...extra, limit: String(STEPS[2]) })).rows,
  }
  return (
    <div className="flex flex-col gap-3 px-3 pt-2 pb-4 sm:px-4">
      <h1 className="sr-only">Verdict changes</h1>
      <AnswerPanel
        title="Denied and then allowed, or the reverse"
        answered={answered}
        actions={
          <>
            <Segmented label="Change" choices={WAYS} value={way} onChange={(next) => go(patch({ way: next }))} />
            <ExportTable sheets={[sheet]} />
          </>
        }
        isEmpty={({ total, coverage }) => total === 0 && (coverage.tuples === 0 || AS_IT_IS.includes(phase))}
        skeleton={<RowsSkeleton rows={6} height={57} head />}
      >
        {(data) =>
          data.total === 0 ? (
            <NoFlips way={way} view={data.view} />
          ) : (
            <>
              <FlipTable data={data} />
              <Shown data={data} limit={limit} />
            </>
          )
        }
      </AnswerPanel>
    </div>
  )
}

/** Flows that were denied and then allowed, or the reverse, with the minute of the change. */
export function FlipsPage() {
  return (
    <Configured>
      <Flips />
    </Configured>
  )
}
