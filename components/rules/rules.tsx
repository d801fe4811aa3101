'use client'

import { AnswerPanel } from '@/components/answer/answer-panel'
import { useAnswer } from '@/components/answer/use-answer'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { RuleTable } from './rule-table'

/** Which rules decided, and how. */
export function Rules() {
  const answered = useAnswer('rules')
  return (
    <AnswerPanel
      title="Rules"
      answered={answered}
      isEmpty={({ rows }) => rows.length === 0}
      skeleton={<RowsSkeleton rows={9} height={43} head />}
    >
      {(data) => <RuleTable data={data} />}
    </AnswerPanel>
  )
}
