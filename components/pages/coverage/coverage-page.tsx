'use client'

import { useMemo } from 'react'
import { AnswerPanel } from '@/components/parts/answer/panel/answer-panel'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { Configured } from '@/components/parts/configured/configured'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { HoleMark } from '@/components/parts/holes/hole-mark'
import { timesOf } from '@/components/parts/holes/marks'
import { useHoles } from '@/components/parts/holes/use-holes'
import { NotLogged } from '@/components/parts/not-logged/not-logged'
import { ExportTable } from '@/components/parts/table/export-table'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { Segmented } from '@/components/ui/segmented'
import { Empty } from '@/components/ui/states/empty'
import type { CoverageAnswer } from '@/lib/flow/answer/read/coverage'
import { CellLegend } from './cell-legend'
import { Grid } from './grid/grid'
import { gridOf } from './grid/rows'
import { OtherFiles } from './other-files'
import { ProblemTable } from './problem-table'

const SHOWN = [
  { value: 'all', label: 'all NICs' },
  { value: 'holes', label: 'only holes', about: 'NICs with an hour that is unread, failed or partly read' },
] as const

function HoleSwitch() {
  const { go } = useView()
  const { options, patch } = useOptions('coverage')
  return (
    <Segmented
      label="NICs to show"
      choices={SHOWN}
      value={options.holes ? 'holes' : 'all'}
      onChange={(value) => go(patch({ holes: value === 'holes' }))}
    />
  )
}

function Hours({ cells, coverage }: CoverageAnswer) {
  const { holes: only, fold, at } = useOptions('coverage').options
  const grid = useMemo(() => gridOf(cells, { holes: only, fold }), [cells, only, fold])
  const { nics, logs, holes } = grid
  const { zone } = useView()
  const silences = useHoles().marks.filter(({ kind }) => kind === 'silent')
  const of = (shown: number, all: number, noun: string) =>
    shown === all ? formatPlural(all, noun) : `${formatCount(shown)} of ${formatPlural(all, noun)}`
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-line px-3 py-2">
        <p className="text-label text-muted">
          {of(nics.shown, nics.all, 'NIC')} in {of(logs.shown, logs.all, 'flow log')};{' '}
          <span className={holes > 0 ? 'text-caution' : undefined}>
            {holes === 0 ? 'no hole' : formatPlural(holes, 'hole')} in {formatPlural(cells.length, 'cell')}
          </span>
          {silences.map((mark) => (
            <span key={mark.from} className="block text-caution">
              no blobs {timesOf(mark, zone)}: {mark.about.replace('no blobs, ', '')}
            </span>
          ))}
        </p>
        <CellLegend counts={grid.counts} />
      </div>
      {grid.rows.length > 0 ? (
        <Grid grid={grid} at={at} problems={coverage.problems} />
      ) : (
        <Empty title="No holes">Every blob of the range was read and nothing was rejected. Absent hours do not count as holes.</Empty>
      )}
    </>
  )
}

/** The data behind the figures: every hour of every log and NIC, and everything that could not be read. */
export function CoveragePage() {
  const answered = useAnswer('coverage')
  const cells = answered.data?.cells ?? []
  const problems = answered.data?.coverage.problems ?? []
  return (
    <Configured>
      <h1 className="sr-only">Coverage</h1>
      <div className="flex flex-col gap-3 px-3 pt-2 pb-4 sm:px-4">
        <AnswerPanel
          title="Hours"
          answered={answered}
          mark={<HoleMark />}
          actions={
            <>
              <HoleSwitch />
              <ExportTable sheets={[{ name: 'hours', total: cells.length, load: () => cells }]} />
            </>
          }
          isEmpty={({ cells }) => cells.length === 0}
          skeleton={<RowsSkeleton rows={14} height={34} head />}
        >
          {(data) => <Hours {...data} />}
        </AnswerPanel>
        <AnswerPanel
          title="Problems"
          answered={answered}
          actions={
            <>
              <NotLogged />
              <ExportTable sheets={[{ name: 'problems', total: problems.length, load: () => problems }]} />
            </>
          }
          skeleton={<RowsSkeleton rows={3} height={34} head />}
        >
          {(data) => (
            <>
              <ProblemTable coverage={data.coverage} />
              <OtherFiles others={data.others} />
            </>
          )}
        </AnswerPanel>
      </div>
    </Configured>
  )
}
