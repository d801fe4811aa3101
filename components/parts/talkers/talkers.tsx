'use client'

import { AnswerPanel } from '@/components/parts/answer/panel/answer-panel'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { useAsk } from '@/components/parts/answer/use-ask'
import { WhatCounts } from '@/components/parts/counters/what-counts'
import { HoleMark } from '@/components/parts/holes/hole-mark'
import { ExportTable } from '@/components/parts/table/export-table'
import type { Sheet } from '@/components/parts/table/sheet'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { useContextNames } from '@/components/parts/whois/use-whois'
import { late } from '@/components/ui/late'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { Segmented } from '@/components/ui/segmented'
import type { KeyField } from '@/lib/flow/field/fields'
import { METRICS } from '@/lib/flow/field/metric'
import { sortText } from '@/lib/link/keys/order'
import { groupings } from './by'
import { ByPicker } from './by-picker'
import { Shown } from './shown'

const TalkerTable = late(() => import('./talker-table').then((part) => part.TalkerTable), { loading: () => <Rows /> })

function Rows() {
  return <RowsSkeleton rows={useOptions('overview').options.limit + 1} height={42} head />
}

/** Maximum number of rows of an export. */
const MOST = '1000'
/** The default limit, which links do not write. */
const FEW = 10
/** Bars of each row's sparkline. */
const SPARK = '30'
const MEASURES = METRICS.map((value) => ({ value, label: value }))

/** The top talkers by any field, or any pair of fields. */
export function Talkers() {
  const { go } = useView()
  const { options, patch } = useOptions('overview')
  const { by, metric, limit, sort } = options
  const value = by.join(',')
  const ask = useAsk()
  const extra = {
    ...(value === 'src' ? {} : { by: value }),
    ...(metric === 'tuples' ? {} : { metric }),
    ...(sort.column === 'metric' && sort.descending ? {} : { sort: sortText(sort) }),
    ...(by.length > 1 ? { rhythm: '1' } : {}),
  }
  const answered = useAnswer('talkers', { ...extra, ...(limit === FEW ? {} : { limit: String(limit) }), spark: SPARK })
  const sheet: Sheet = {
    name: 'talkers',
    total: answered.data?.total ?? 0,
    load: async () => {
      const { rows } = await ask('talkers', { ...extra, limit: MOST })
      return rows.map(({ key, ...row }) => ({ ...Object.fromEntries([key].flat().map((part, i) => [by[i], part])), ...row }))
    },
  }
  const choices = groupings(by, useContextNames())
  const group = (next: KeyField[]) => go(patch({ by: next }))
  return (
    <AnswerPanel
      title="Talkers"
      answered={answered}
      mark={<HoleMark brief />}
      actions={
        <>
          <div className="flex max-w-full items-center gap-1">
            <div className="min-w-0 overflow-x-auto">
              <Segmented label="Talkers by" choices={choices} value={value} onChange={(next) => group(next.split(',') as KeyField[])} />
            </div>
            <ByPicker by={by} onChange={group} />
          </div>
          <div className="flex items-center">
            <Segmented
              label="Measure of the talkers"
              choices={MEASURES}
              value={metric}
              onChange={(next) => go(patch({ metric: next, sort: { column: 'metric', descending: true } }))}
            />
            <WhatCounts of="measures of the talkers" />
            <ExportTable sheets={[sheet]} />
          </div>
        </>
      }
      isEmpty={({ rows }) => rows.length === 0}
      skeleton={
        <div className="pb-11">
          <RowsSkeleton rows={limit + 1} height={42} head />
        </div>
      }
    >
      {(data) => (
        <>
          <TalkerTable data={data} sorting={{ order: sort, patchTo: (next) => patch({ sort: next }) }} />
          <Shown data={data} limit={limit} onLimit={(next) => go(patch({ limit: next }))} />
        </>
      )}
    </AnswerPanel>
  )
}
