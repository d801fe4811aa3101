'use client'

import { AnswerPanel } from '@/components/parts/answer/panel/answer-panel'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { ExportTable } from '@/components/parts/table/export-table'
import { late } from '@/components/ui/late'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'

const loading = () => <RowsSkeleton rows={9} height={43} head />
const RuleTable = late(() => import('./rule-table').then((part) => part.RuleTable), { loading })

/** The rules that decided, with their verdicts. */
export function Rules() {
  const answered = useAnswer('rules')
  const rows = answered.data?.rows ?? []
  return (
    <AnswerPanel
      title="Rules"
      answered={answered}
      actions={<ExportTable sheets={[{ name: 'rules', total: rows.length, load: () => rows }]} />}
      isEmpty={({ rows }) => rows.length === 0}
      skeleton={loading()}
    >
      {(data) => <RuleTable data={data} />}
    </AnswerPanel>
  )
}
