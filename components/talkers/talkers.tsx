'use client'

import { AnswerPanel } from '@/components/answer/answer-panel'
import { useAnswer } from '@/components/answer/use-answer'
import { formatPlural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { Segmented } from '@/components/ui/segmented'
import { useOptions } from '@/components/view/use-options'
import { useView } from '@/components/view/use-view'
import { type KeyField, METRICS } from '@/lib/flow/fields'
import { groupings } from './by'
import { TalkerTable } from './talker-table'

const FEW = 10
const MANY = 50
const MEASURES = METRICS.map((value) => ({ value, label: value }))

/** Who talks most: by source, destination, port or a pair of them. */
export function Talkers() {
  const { go } = useView()
  const { options, patch } = useOptions('overview')
  const { by, metric, limit } = options
  const value = by.join(',')
  const answered = useAnswer('talkers', {
    ...(value === 'src' ? {} : { by: value }),
    ...(metric === 'tuples' ? {} : { metric }),
    ...(limit === FEW ? {} : { limit: String(limit) }),
  })
  const choices = groupings(by)
  const grouping = choices.find((choice) => choice.value === value)!
  return (
    <AnswerPanel
      title="Talkers"
      answered={answered}
      actions={
        <>
          <Segmented
            label="Talkers by"
            choices={choices}
            value={value}
            onChange={(next) => go(patch({ by: next.split(',') as KeyField[] }))}
          />
          <Segmented label="Measure of the talkers" choices={MEASURES} value={metric} onChange={(next) => go(patch({ metric: next }))} />
        </>
      }
      isEmpty={({ rows }) => rows.length === 0}
      skeleton={
        <div className="pb-10">
          <RowsSkeleton rows={limit + 1} height={34} head />
        </div>
      }
    >
      {(data) => (
        <>
          <TalkerTable data={data} by={by} metric={metric} grouping={grouping} />
          <p className="flex min-h-10 items-center justify-between gap-2 border-t border-line px-3 text-label text-muted">
            {formatPlural(data.total, grouping.one, grouping.many)}
            {data.total > FEW || limit > FEW ? (
              <Button look="ghost" onClick={() => go(patch({ limit: limit > FEW ? FEW : MANY }))}>
                {limit > FEW ? `Show the top ${FEW}` : `Show the top ${MANY}`}
              </Button>
            ) : null}
          </p>
        </>
      )}
    </AnswerPanel>
  )
}
