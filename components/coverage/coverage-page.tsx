'use client'

import { useMemo } from 'react'
import { AnswerPanel } from '@/components/answer/answer-panel'
import { useAnswer } from '@/components/answer/use-answer'
import { formatCount, formatPlural } from '@/components/format/number'
import { HoleMark } from '@/components/holes/hole-mark'
import { Configured } from '@/components/shell/configured'
import { Empty } from '@/components/ui/empty'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { Segmented } from '@/components/ui/segmented'
import { useOptions } from '@/components/view/use-options'
import { useView } from '@/components/view/use-view'
import type { CoverageAnswer } from '@/lib/flow/coverage-answer'
import { CellLegend } from './cell-legend'
import { Grid } from './grid'
import { ProblemTable } from './problem-table'
import { gridOf } from './rows'

const SHOWN = [
  { value: 'all', label: 'all cards' },
  { value: 'holes', label: 'only holes', about: 'network cards with an hour that was not read, could not be, or only in part' },
] as const

function HoleSwitch() {
  const { go } = useView()
  const { options, patch } = useOptions('coverage')
  return (
    <Segmented
      label="Network cards to show"
      choices={SHOWN}
      value={options.holes ? 'holes' : 'all'}
      onChange={(value) => go(patch({ holes: value === 'holes' }))}
    />
  )
}

function Hours({ cells, coverage }: CoverageAnswer) {
  const { holes: only, fold, at } = useOptions('coverage').options
  const grid = useMemo(() => gridOf(cells, { holes: only, fold }), [cells, only, fold])
  const { cards, logs, holes } = grid
  const of = (shown: number, all: number, noun: string) =>
    shown === all ? formatPlural(all, noun) : `${formatCount(shown)} of ${formatPlural(all, noun)}`
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-line px-3 py-2">
        <p className="text-label text-muted">
          {of(cards.shown, cards.all, 'network card')} in {of(logs.shown, logs.all, 'flow log')};{' '}
          <span className={holes > 0 ? 'text-caution' : undefined}>
            {holes === 0 ? 'no hole' : formatPlural(holes, 'hole')} in {formatPlural(cells.length, 'cell')}
          </span>
        </p>
        <CellLegend counts={grid.counts} />
      </div>
      {grid.rows.length > 0 ? (
        <Grid grid={grid} at={at} problems={coverage.problems} />
      ) : (
        <Empty title="No holes">Every blob of the range was read, and all of it was understood. Absent hours are not called holes.</Empty>
      )}
    </>
  )
}

/** What the figures rest on: every hour of every log and network card, and everything that could not be read. */
export function CoveragePage() {
  const answered = useAnswer('coverage')
  return (
    <Configured>
      <h1 className="sr-only">Coverage</h1>
      <div className="flex flex-col gap-3 px-3 pt-2 pb-4 sm:px-4">
        <AnswerPanel
          title="Hours"
          answered={answered}
          mark={<HoleMark />}
          actions={<HoleSwitch />}
          isEmpty={({ cells }) => cells.length === 0}
          skeleton={<RowsSkeleton rows={14} height={34} head />}
        >
          {(data) => <Hours {...data} />}
        </AnswerPanel>
        <AnswerPanel title="Problems" answered={answered} skeleton={<RowsSkeleton rows={3} height={34} head />}>
          {(data) => <ProblemTable problems={data.coverage.problems} />}
        </AnswerPanel>
      </div>
    </Configured>
  )
}
