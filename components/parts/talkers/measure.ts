import { compactCount, formatCount } from '@/components/parts/format/number'
import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'
import type { Metric } from '@/lib/flow/field/metric'
import { formatBytes } from '@/lib/flow/text/bytes'

export type Talker = TalkersAnswer['rows'][number]

/** Returns a figure in short and in exact form. */
export function showMeasure(n: number, metric: Metric): { short: string; exact: string } {
  if (metric === 'bytes') return { short: formatBytes(n), exact: `${formatCount(n)} bytes` }
  return { short: n < 1e6 ? formatCount(n) : compactCount(n), exact: `${formatCount(n)} ${metric}` }
}
