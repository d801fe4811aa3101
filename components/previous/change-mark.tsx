'use client'

import type { Answers } from '@/components/answer/fetch-answer'
import { formatPlural } from '@/components/format/number'
import { formatRange } from '@/components/format/time'
import { useView } from '@/components/view/use-view'
import { changeFrom } from './change'
import { type Previous, usePreviousAnswer } from './use-previous'

/** Why there is nothing to compare with, in few words and in full; null when there is. */
function lack({ state, missing, hours, message }: Previous): { text: string; about: string } | null {
  if (state === 'none') return { text: 'no data then', about: 'no hour of the period before holds data' }
  if (state === 'unread') return { text: 'not read then', about: 'the period before has not been read' }
  if (state === 'failed') return { text: 'no answer then', about: message ?? '' }
  if (missing > 0) return { text: 'no data then', about: `${missing} of the ${formatPlural(hours, 'hour')} before hold no data` }
  return null
}

/** How a figure differs from the period before, with a dot after it; nothing while that is not asked for. */
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
  /** The figure in the answer about the period before. */
  figure: (answer: Answers[R]) => number
  /** An exact figure with its unit. */
  format: (n: number) => string
}) {
  const { zone } = useView()
  const { data, previous } = usePreviousAnswer(route, extra)
  if (previous.state === 'off') return null
  const missing = lack(previous)
  if (missing !== null) return <span title={missing.about}>{missing.text} · </span>
  if (data === undefined || previous.range === null) return <span aria-hidden="true">… · </span>
  if (!data.coverage.complete) return <span title="parts of the period before could not be read">no data then · </span>
  const before = figure(data)
  const { sign, text, spoken } = changeFrom(before, now)
  const { from, to } = previous.range
  return (
    <span title={`${format(before)} in ${formatRange(from, to, zone)}`}>
      <span aria-hidden="true" className="data text-muted">
        {sign} {text}
      </span>
      <span className="sr-only">
        {spoken} against {format(before)} in the period before
      </span>
      {' · '}
    </span>
  )
}
