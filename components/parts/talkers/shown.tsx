'use client'

import { DoubledBytes } from '@/components/parts/counters/doubled-bytes'
import { formatCount, formatPlural, formatShare } from '@/components/parts/format/number'
import { Segmented } from '@/components/ui/segmented'
import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'
import type { Metric } from '@/lib/flow/field/metric'
import { groupingOf } from './by'
import { showMeasure } from './measure'

const TOPS: readonly number[] = [5, 10, 15, 50]

/** Peers of several talkers cannot be summed, so their share is given in tuples. */
function shares({ rows, other }: TalkersAnswer, metric: Metric): string {
  const measure = metric === 'peers' ? 'tuples' : metric
  const shown = rows.reduce((sum, row) => sum + row[measure], 0)
  const all = shown + other[measure]
  const unit = measure === 'bytes' ? '' : ` ${measure}`
  return `${showMeasure(shown, measure).short} of ${showMeasure(all, measure).short}${unit} (${formatShare(shown, all)})`
}

/** Share of the total that the rows show, and a choice of how many. */
export function Shown({ data, limit, onLimit }: { data: TalkersAnswer; limit: number; onLimit: (limit: number) => void }) {
  const { fields, grouping } = groupingOf(data.by)
  const tops = TOPS.includes(limit) ? TOPS : [...TOPS, limit].sort((a, b) => a - b)
  const { rows, total } = data
  const most = formatPlural(total, grouping.one, grouping.many)
  const count = rows.length < total ? `${formatCount(rows.length)} of ${most}` : total === 1 ? `the only ${grouping.one}` : `all ${most}`
  return (
    <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line px-3 py-1.5 text-label text-muted">
      <p>
        {count} · {shares(data, data.metric as Metric)} <DoubledBytes />
        {fields.includes('ip') || fields.includes('port') ? ', a tuple counting at each of its ends' : null}
      </p>
      <div className="flex items-center gap-2 print:hidden">
        <span aria-hidden="true">top</span>
        <Segmented
          label="Talkers shown"
          choices={tops.map((top) => ({ value: String(top), label: String(top), about: `the top ${top}` }))}
          value={String(limit)}
          onChange={(value) => onLimit(Number(value))}
        />
      </div>
    </div>
  )
}
