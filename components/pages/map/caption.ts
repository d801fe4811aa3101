import { formatCount, formatShare } from '@/components/parts/format/number'
import { formatRange, type Zone } from '@/components/parts/format/time'
import type { Caption } from '@/components/parts/picture/caption'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import { fieldOf, type KeyField } from '@/lib/flow/field/fields'
import type { PathMetric } from '@/lib/flow/field/metric'
import { measured, split } from './flow/measure'

export function captionOf({ view, coverage, by, total, values, baseline }: PathsAnswer, metric: PathMetric, zone: Zone): Caption {
  const { allow, deny } = split(total, metric)
  const labels = by.split(',').map((field) => fieldOf(field as KeyField).label)
  const logs = view.logs.length === 0 ? '' : ` in ${view.logs.join(', ')}`
  const asof = view.asof === null ? '' : `, as of ${view.asof}`
  const compared =
    baseline === undefined
      ? ''
      : `; new: not in ${formatRange(baseline.from, baseline.to, zone)}, of which the logs cover ${formatShare(baseline.share, 1)}`
  const read = `${formatCount(coverage.blobsRead)} of ${formatCount(coverage.blobs)} blobs`
  return {
    title: `${labels.join(' → ')}, by ${metric}`,
    range: formatRange(view.from, view.to, zone),
    subject: `${view.q.trim() === '' ? 'All traffic' : view.q.trim()}${logs}${asof}`,
    legend: [
      { look: 'allow', text: `allowed: ${measured(allow, metric)}` },
      { look: 'noise', text: `denied, hatched: ${measured(deny, metric)}` },
    ],
    basis: `${measured(total[metric], metric)} in all, ${values.map(formatCount).join(', ')} values, ${coverage.complete ? read : `incomplete: ${read}`} read${compared}`,
  }
}

export function nameOf({ view, by }: PathsAnswer, kind: string): string {
  return `flowlens-map-${by.replaceAll(',', '-')}-${view.from.slice(0, 19).replaceAll(':', '')}.${kind}`
}
