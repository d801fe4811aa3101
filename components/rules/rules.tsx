'use client'

import { AnswerPanel } from '@/components/answer/answer-panel'
import { NothingHere } from '@/components/answer/nothing-here'
import { useAnswer } from '@/components/answer/use-answer'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { RuleTable } from './rule-table'

/** Which rules decided, and how. */
export function Rules() {
  const answered = useAnswer('rules')
  return (
    <AnswerPanel title="Rules" answered={answered} skeleton={<RowsSkeleton rows={9} height={43} head />}>
      {(data) =>
        data.rows.length === 0 ? (
          <div className="min-h-60">
            <NothingHere coverage={data.coverage} />
          </div>
        ) : (
          <RuleTable data={data} />
        )
      }
    </AnswerPanel>
  )
}
