import type { BucketMetric } from './metric'
import { scaleTicks } from './ticks'

/** The scale of a chart: the height of a value's bar, in the scale's own units, and the round values beside the chart. */
export interface Scale {
  heightOf: (value: number) => number
  /** Round values up to at least the highest value. */
  values: readonly number[]
}

/** Returns a scale in proportion to the value, or to its logarithm: then a few denials are visible beside millions. */
export function scaleOf(top: number, metric: BucketMetric, isLog: boolean): Scale {
  if (!isLog) return { heightOf: (value) => value, values: scaleTicks(top, metric) }
  const step = metric === 'bytes' ? 1024 : 10
  const values = [0, 1]
  while (values.at(-1)! < top) values.push(values.at(-1)! * step)
  return { heightOf: (value) => Math.log10(1 + value), values }
}
