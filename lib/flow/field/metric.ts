export const METRICS = ['tuples', 'flows', 'bytes', 'packets', 'peers'] as const
export type Metric = (typeof METRICS)[number]
/** Metrics that can be summed over any parts. */
export const PATH_METRICS = ['tuples', 'flows', 'bytes'] as const
export type PathMetric = (typeof PATH_METRICS)[number]
