import type { BucketMetric } from './metric'
import { scaleTicks } from './ticks'

/** How high a bar of a value is drawn, in units of its own, and the round values beside the chart. */
export interface Scale {
  heightOf: (value: number) => number
  /** The round values up to at least the highest. */
  values: readonly number[]
}

/** In proportion to the value, or to the number of its digits: a few denials then show beside millions. */
export function scaleOf(top: number, metric: BucketMetric, isLog: boolean): Scale {
  if (!isLog) return { heightOf: (value) => value, values: scaleTicks(top, metric) }
  const step = metric === 'bytes' ? 1024 : 10
  const values = [0, 1]
  while (values.at(-1)! < top) values.push(values.at(-1)! * step)
  return { heightOf: (value) => Math.log10(1 + value), values }
}
