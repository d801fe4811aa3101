import { formatCount } from '@/components/parts/format/number'
import { formatDuration, formatRange, type Zone } from '@/components/parts/format/time'
import type { Caption } from '@/components/parts/picture/caption'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import { type BucketMetric, formatMeasure, sumBuckets, sumNoise } from './metric'

export function captionOf({ view, coverage, buckets, bucketMs }: TimelineAnswer, metric: BucketMetric, zone: Zone): Caption {
  const { allow, deny } = sumBuckets(buckets, metric)
  const noise = sumNoise(buckets, metric)
  const logs = view.logs.length === 0 ? '' : ` in ${view.logs.join(', ')}`
  const asof = view.asof === null ? '' : `, as of ${view.asof}`
  const read = `${formatCount(coverage.blobsRead)} of ${formatCount(coverage.blobs)} blobs`
  return {
    title: `Timeline of ${metric}`,
    range: formatRange(view.from, view.to, zone),
    subject: `${view.q.trim() === '' ? 'All traffic' : view.q.trim()}${logs}${asof}`,
    legend: [
      { look: 'deny', text: `denied, above: ${formatMeasure(deny, metric)}` },
      ...(noise === null ? [] : [{ look: 'noise' as const, text: `of which scanning, hatched: ${formatMeasure(noise, metric)}` }]),
      { look: 'allow', text: `allowed, below: ${formatMeasure(allow, metric)}` },
    ],
    basis: `${formatMeasure(allow + deny, metric)} in all, a bar is ${formatDuration(bucketMs)}, ${coverage.complete ? read : `incomplete: ${read}`} read`,
  }
}

export function pngName({ view }: Pick<TimelineAnswer, 'view'>): string {
  return `flowlens-timeline-${view.from.slice(0, 19).replaceAll(':', '')}.png`
}
