'use client'

import type { RouteAnswers } from '@/components/parts/answer/fetch-answer'
import { formatPlural } from '@/components/parts/format/number'
import { formatRange } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { allRead } from '@/lib/flow/answer/all-read'
import { changeFrom } from './change'
import { type Previous, usePreviousAnswer } from './use-previous'

/** The reason why nothing can be compared, in short and in full, or null. */
function lack({ state, missing, hours, message }: Previous): { text: string; about: string } | null {
  if (state === 'none') return { text: 'no data then', about: 'the previous period has no data' }
  if (state === 'unread') return { text: 'not read then', about: 'the previous period has not been read' }
  if (state === 'failed') return { text: 'no answer then', about: message ?? '' }
  if (missing > 0) return { text: 'no data then', about: `${missing} of the previous ${formatPlural(hours, 'hour')} have no data` }
  return null
}

/** The change of a figure since the previous period, followed by a dot; nothing if the comparison is off. */
export function ChangeMark<R extends 'timeline' | 'talkers'>({
  route,
  extra,
  now,
  figure,
  format,
}: {
  route: R
  extra?: Readonly<Record<string, string>>
  now: number
  /** Returns the figure from the answer about the previous period. */
  figure: (answer: RouteAnswers[R]) => number
  /** Formats an exact figure with its unit. */
  format: (n: number) => string
}) {
  const { zone } = useView()
  const { data, previous } = usePreviousAnswer(route, extra)
  if (previous.state === 'off') return null
  const missing = lack(previous)
  if (missing !== null) return <span title={missing.about}>{missing.text} · </span>
  if (data === undefined || previous.range === null) return <span aria-hidden="true">… · </span>
  if (!allRead(data.coverage)) return <span title="parts of the previous period could not be read">no data then · </span>
  const before = figure(data)
  const { sign, text, spoken } = changeFrom(before, now)
  const { from, to } = previous.range
  return (
    <span title={`${format(before)} in ${formatRange(from, to, zone)}`}>
      <span aria-hidden="true" className="data text-muted">
        {sign} {text}
      </span>
      <span className="sr-only">
        {spoken} against {format(before)} in the previous period
      </span>
      {' · '}
    </span>
  )
}
