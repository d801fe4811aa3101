'use client'

import { useRange } from '@/components/parts/time-range/use-range'
import { useView } from '@/components/parts/view/use-view'
import { baselineOf } from '@/lib/flow/time/baseline'
import { noveltiesOf } from '@/lib/flow/view/novelties'
import { Covered } from './covered'
import { useBaseline } from './use-baseline'

/** For a filter with `new:`: the baseline of the comparison, and the share of it that the logs cover. */
export function NoveltyNotice() {
  const { asked } = useView()
  const baselines = noveltiesOf(asked.filter).map(({ baseline }) => baseline)
  const now = useRange()
  const longest = now === null ? undefined : baselines.toSorted((a, b) => baselineOf(now, a).from - baselineOf(now, b).from)[0]
  const basis = useBaseline(longest ?? null)
  return basis === null ? null : <Covered basis={basis} />
}
