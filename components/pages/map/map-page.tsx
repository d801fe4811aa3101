'use client'

import { useRef } from 'react'
import { AnswerPanel } from '@/components/parts/answer/panel/answer-panel'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { Configured } from '@/components/parts/configured/configured'
import { WhatCounts } from '@/components/parts/counters/what-counts'
import { HoleMark } from '@/components/parts/holes/hole-mark'
import { ExportTable } from '@/components/parts/table/export-table'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { Skeleton } from '@/components/ui/marks/skeleton'
import { Segmented } from '@/components/ui/segmented'
import type { KeyField } from '@/lib/flow/field/fields'
import { PATH_METRICS } from '@/lib/flow/field/metric'
import { writeDuration } from '@/lib/flow/time/duration'
import { ColumnPicker } from './columns/column-picker'
import { PresetLinks } from './columns/preset-links'
import { columnsOf } from './columns/presets'
import { FlowPanel } from './flow/flow-panel'
import { heightFor } from './flow/layout'
import { BaselinePicker } from './matrix/baseline-picker'
import { Matrix } from './matrix/matrix'
import { PictureButtons } from './picture-buttons'
import { sheetsOf } from './sheets'

const SHOWS = [
  { value: 'flow', label: 'flow', about: 'columns, and what goes from each to the next' },
  { value: 'matrix', label: 'matrix', about: 'a table of the first column by the last' },
] as const
const METRICS = PATH_METRICS.map((value) => ({ value, label: value }))
const LIMITS = [10, 20, 50, 100, 200]
/** The default limit, which links do not write. */
const USUAL = 20

function Paths() {
  const { go } = useView()
  const { options, patch } = useOptions('paths')
  const { metric, limit, show, baseline } = options
  const context = useAnswer('context')
  const known = options.by.length > 0 || context.data !== undefined || context.error !== null
  const by = columnsOf(options.by, context.data?.names ?? [])
  const asked = show === 'matrix' ? [by[0]!, by.at(-1)!] : by
  const plot = useRef<HTMLDivElement>(null)
  const answered = useAnswer(
    'paths',
    {
      by: asked.join(','),
      ...(metric === 'tuples' ? {} : { metric }),
      ...(limit === USUAL ? {} : { limit: String(limit) }),
      ...(show === 'matrix' && baseline > 0 ? { baseline: writeDuration(baseline) } : {}),
    },
    { enabled: known },
  )
  const limits = (LIMITS.includes(limit) ? LIMITS : [...LIMITS, limit].sort((a, b) => a - b)).map(String)
  const choose = (next: KeyField[]) => go(patch({ by: show === 'matrix' ? [next[0]!, ...by.slice(1, -1), next[1]!] : next }))
  return (
    <div className="flex flex-col gap-3 px-3 pt-2 pb-4 sm:px-4">
      <h1 className="sr-only">Map</h1>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 print:hidden">
        <PresetLinks by={by} />
        <ColumnPicker by={asked} fixed={show === 'matrix'} onChange={choose} />
      </div>
      <AnswerPanel
        title={show === 'matrix' ? 'Matrix' : 'Paths'}
        answered={answered}
        mark={<HoleMark brief />}
        actions={
          <>
            <PictureButtons plot={plot} answer={answered.data} metric={metric} isMatrix={show === 'matrix'} />
            <ExportTable sheets={sheetsOf(answered.data)} />
            <Segmented label="Drawn as" choices={SHOWS} value={show} onChange={(next) => go(patch({ show: next }))} />
            {show === 'matrix' ? <BaselinePicker value={baseline} onChange={(next) => go(patch({ baseline: next }))} /> : null}
            <label className="flex items-center gap-1.5 text-label text-muted">
              top
              <select
                aria-label="Values of each column"
                value={String(limit)}
                onChange={(event) => go(patch({ limit: Number(event.target.value) }))}
                className="h-7 rounded-md border border-line bg-surface px-1 hover:border-line-strong"
              >
                {limits.map((value) => (
                  <option key={value}>{value}</option>
                ))}
              </select>
            </label>
            <div className="flex items-center">
              <Segmented label="Measure of the map" choices={METRICS} value={metric} onChange={(next) => go(patch({ metric: next }))} />
              <WhatCounts of="measures of the map" />
            </div>
          </>
        }
        isEmpty={({ nodes }) => nodes.length === 0}
        skeleton={
          <div className="p-3" style={{ height: heightFor(limit + 1) }}>
            <Skeleton className="h-full w-full" />
          </div>
        }
      >
        {(data) =>
          data.values.length === 2 && show === 'matrix' ? (
            <Matrix data={data} metric={metric} plot={plot} />
          ) : (
            <FlowPanel data={data} metric={metric} plot={plot} />
          )
        }
      </AnswerPanel>
    </div>
  )
}

/** The traffic between groups and services, as a flow or as a matrix. */
export function MapPage() {
  return (
    <Configured>
      <Paths />
    </Configured>
  )
}
