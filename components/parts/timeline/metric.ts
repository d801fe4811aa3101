import { formatBytes, formatCount } from '@/components/parts/format/number'
import type { TimelineAnswer } from '@/lib/flow/answer/timeline'
import type { Metric } from '@/lib/flow/fields'

export type Bucket = TimelineAnswer['buckets'][number]
export type BucketMetric = keyof Bucket['allow']

/** The metric of a bucket; peers cannot be added up over time, so tuples are drawn instead. */
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

export function sumBuckets(buckets: readonly Bucket[], metric: BucketMetric): { allow: number; deny: number } {
  let allow = 0
  let deny = 0
  for (const bucket of buckets) {
    allow += bucket.allow[metric]
    deny += bucket.deny[metric]
  }
  return { allow, deny }
}
