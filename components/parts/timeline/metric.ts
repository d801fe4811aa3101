import { formatCount } from '@/components/parts/format/number'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import type { Metric } from '@/lib/flow/field/metric'
import { formatBytes } from '@/lib/flow/text/bytes'
import type { Action } from '@/lib/flow/tuple/tuple'

export type Bucket = TimelineAnswer['buckets'][number]
export type BucketMetric = keyof Bucket['allow']

/** Returns the metric of a bucket; peers cannot be summed over time, so tuples are drawn instead. */
export function bucketMetric(metric: Metric): BucketMetric {
  return metric === 'peers' ? 'tuples' : metric
}

/** An exact figure with its unit: `1,204 tuples`, `4.11 GiB`. */
export function formatMeasure(n: number, metric: BucketMetric): string {
  return metric === 'bytes' ? formatBytes(n) : `${formatCount(n)} ${metric}`
}

/** The part of the denied traffic that is scanning, or null if not requested. */
export function sumNoise(buckets: readonly Bucket[], metric: BucketMetric): number | null {
  if (buckets.some(({ noise }) => noise === undefined)) return null
  return buckets.reduce((sum, { noise }) => sum + noise![metric], 0)
}

/** The sum of allowed and denied. */
export function both(bucket: Bucket, metric: BucketMetric): number {
  return bucket.allow[metric] + bucket.deny[metric]
}

/** Returns the sum of neighbouring buckets as one bucket that begins with the first. */
export function spanOf(buckets: readonly Bucket[], first: number, last: number): Bucket | undefined {
  return buckets.slice(first, last + 1).reduce<Bucket | undefined>((sum, bucket) => {
    if (sum === undefined) return bucket
    const add = (a: Bucket['allow'], b: Bucket['allow']): Bucket['allow'] => ({
      tuples: a.tuples + b.tuples,
      flows: a.flows + b.flows,
      bytes: a.bytes + b.bytes,
      packets: a.packets + b.packets,
    })
    const noise = sum.noise && bucket.noise ? { noise: add(sum.noise, bucket.noise) } : {}
    return { t: sum.t, allow: add(sum.allow, bucket.allow), deny: add(sum.deny, bucket.deny), ...noise }
  }, undefined)
}

/** The sides of the traffic that a chart draws. */
export type Drawn = Action | 'both'

/** Returns the figure of a bucket in a chart that draws these sides. */
export function sideOf(bucket: Bucket, metric: BucketMetric, drawn: Drawn): number {
  return drawn === 'both' ? both(bucket, metric) : bucket[drawn][metric]
}

export function sumBuckets(buckets: readonly Bucket[], metric: BucketMetric): { allow: number; deny: number } {
  let allow = 0
  let deny = 0
  for (const bucket of buckets) {
    allow += bucket.allow[metric]
    deny += bucket.deny[metric]
  }
  return { allow, deny }
}
