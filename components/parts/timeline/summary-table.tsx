import { formatInstant, type Zone } from '@/components/parts/format/time'
import { type Bucket, type BucketMetric, formatMeasure, sumBuckets, sumNoise } from './metric'

/** The most rows; neighbouring buckets are added up. */
const ROWS = 24

/** The timeline as a table, for screen readers. */
export function SummaryTable({ buckets, metric, zone }: { buckets: readonly Bucket[]; metric: BucketMetric; zone: Zone }) {
  const size = Math.max(1, Math.ceil(buckets.length / ROWS))
  const noisy = sumNoise(buckets, metric) !== null
  const starts = buckets.filter((_, i) => i % size === 0)
  return (
    <div className="sr-only">
      <table>
        <caption>Allowed and denied over time</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Allowed</th>
            <th scope="col">Denied</th>
            {noisy ? <th scope="col">Of which scanning</th> : null}
          </tr>
        </thead>
        <tbody>
          {starts.map(({ t }, i) => {
            const these = buckets.slice(i * size, (i + 1) * size)
            const sum = sumBuckets(these, metric)
            return (
              <tr key={t}>
                <th scope="row">{formatInstant(t, zone)}</th>
                <td>{formatMeasure(sum.allow, metric)}</td>
                <td>{formatMeasure(sum.deny, metric)}</td>
                {noisy ? <td>{formatMeasure(sumNoise(these, metric) ?? 0, metric)}</td> : null}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
