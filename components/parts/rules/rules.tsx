'use client'

import { AnswerPanel } from '@/components/parts/answer/panel/answer-panel'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { RuleTable } from './rule-table'

/** The rules that decided, with their verdicts. */
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
