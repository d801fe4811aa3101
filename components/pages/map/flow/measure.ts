import { formatCount } from '@/components/parts/format/number'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import type { PathMetric } from '@/lib/flow/field/metric'
import { formatBytes } from '@/lib/flow/text/bytes'

export type PathSums = PathsAnswer['total']

/** Returns a figure of the metric, allowed and denied separately; every denied tuple is a flow. */
export function split(sums: PathSums, metric: PathMetric): { allow: number; deny: number } {
  if (metric === 'bytes') return { allow: sums.bytes - sums.denyBytes, deny: sums.denyBytes }
  return { allow: sums[metric] - sums.deny, deny: sums.deny }
}

/** A figure with its unit. */
export function measured(n: number, metric: PathMetric): string {
  return metric === 'bytes' ? formatBytes(n) : `${formatCount(n)} ${metric}`
}
