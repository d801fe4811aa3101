'use client'

import { formatPlural } from '@/components/parts/format/number'
import { aclName } from '@/components/parts/format/resource'
import { formatDuration, formatInstant } from '@/components/parts/format/time'
import { Value } from '@/components/parts/value/value'
import { useView } from '@/components/parts/view/use-view'
import { ActionMark } from '@/components/ui/marks/action-mark'
import type { FlipsAnswer } from '@/lib/flow/answer/traffic/flips'
import type { Action } from '@/lib/flow/tuple/tuple'

type Run = NonNullable<FlipsAnswer['rows'][number]['opened']>['before']

/** One side of a change: the rule that decided, the number of tuples and how long it lasted. */
export function FlipSide({ run, action, foreign }: { run: Run; action: Action; foreign: boolean }) {
  const { zone } = useView()
  const lasted = Date.parse(run.last) - Date.parse(run.first)
  return (
    <span className="flex min-w-0 items-start gap-1.5">
      <ActionMark action={action} />
      <span className="min-w-0">
        <span className="flex min-w-0">
          <Value field="rule" value={run.rule} title={`${run.rule} of ${run.acl}`} />
        </span>
        <span
          className="block truncate text-label text-faint"
          title={`${formatInstant(run.first, zone)} – ${formatInstant(run.last, zone)}`}
        >
          {formatPlural(run.tuples, 'tuple')}
          {lasted > 0 ? ` in ${formatDuration(lasted)}` : ''}
          {foreign ? `, ${aclName(run.acl)}` : ''}
        </span>
      </span>
    </span>
  )
}
