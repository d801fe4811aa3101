'use client'

import { AnswerPanel } from '@/components/answer/answer-panel'
import { useAnswer } from '@/components/answer/use-answer'
import { Configured } from '@/components/shell/configured'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { CellLegend } from './cell-legend'
import { Grid } from './grid'
import { ProblemTable } from './problem-table'

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
          actions={<CellLegend />}
          isEmpty={({ cells }) => cells.length === 0}
          skeleton={<RowsSkeleton rows={6} height={34} head />}
        >
          {(data) => <Grid cells={data.cells} />}
        </AnswerPanel>
        <AnswerPanel title="Problems" answered={answered} skeleton={<RowsSkeleton rows={3} height={34} head />}>
          {(data) => <ProblemTable problems={data.coverage.problems} />}
        </AnswerPanel>
      </div>
    </Configured>
  )
}
