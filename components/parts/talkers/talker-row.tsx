'use client'

import { RowMark } from '@/components/parts/baseline/marks'
import { formatCount, formatShare } from '@/components/parts/format/number'
import { formatDuration, formatInstant, formatSecond, type Zone } from '@/components/parts/format/time'
import { SparkHoles } from '@/components/parts/holes/spark-holes'
import { SplitBar } from '@/components/ui/marks/split-bar'
import { SplitSpark } from '@/components/ui/marks/split-spark'
import type { FilterField } from '@/lib/flow/field/fields'
import type { Metric } from '@/lib/flow/field/metric'
import { formatBytes } from '@/lib/flow/text/bytes'
import { columnClass } from './columns'
import { describeCourse } from './course'
import { KeyLine } from './key-line'
import { showMeasure, type Talker } from './measure'

function describeRhythm({ gaps, gap, jitter }: NonNullable<Talker['rhythm']>): string {
  return `half of ${formatCount(gaps)} gaps between new flows are within ${formatDuration(jitter)} of ${formatDuration(gap)}`
}

/** One talker: key, times, verdicts, and counts of peers and ports. */
export function TalkerRow({
  talker,
  by,
  metric,
  full,
  from,
  width,
  zone,
  paired,
}: {
  talker: Talker
  by: readonly FilterField[]
  metric: Metric
  /** The value that fills the bar. */
  full: number
  /** The start of the range and the width of its buckets, epoch milliseconds. */
  from: number
  width: number
  zone: Zone
  /** True to show the column of intervals. */
  paired: boolean
}) {
  const keys = [talker.key].flat()
  const [src, dst] = [keys[by.indexOf('src')], keys[by.indexOf('dst')]]
  const ends = src === undefined || dst === undefined ? null : { src, dst }
  const measure = showMeasure(talker[metric], metric)
  const length = full === 0 ? 0 : talker[metric] / full
  const split = `${formatCount(talker.allow)} allowed, ${formatCount(talker.deny)} denied tuples`
  return (
    <tr className="h-10.5 border-b border-line/60 last:border-0 hover:bg-hover">
      <th scope="row" className={columnClass('key', metric)}>
        {keys.map((key, i) => (
          <KeyLine key={by[i]} field={by[i]!} value={key} ends={ends} />
        ))}
        {/* Below the values, which it would leave too little room. */}
        <RowMark of={keys} />
      </th>
      <td className={columnClass('spark', metric)}>
        {talker.spark ? (
          <div className="relative">
            <SplitSpark {...talker.spark} label={describeCourse(talker, { from, width, zone })} />
            <SparkHoles bars={talker.spark.allow.length} />
          </div>
        ) : null}
      </td>
      <td className={columnClass('bar', metric)}>
        <SplitBar allow={talker.allow} deny={talker.deny} full={(talker.allow + talker.deny) / Math.max(length, 1e-9)} label={split} />
      </td>
      <td className={columnClass('measure', metric)} title={`${measure.exact}\n${split}`}>
        {measure.short}
      </td>
      <td className={columnClass('denied', metric)} title={split}>
        {formatShare(talker.deny, talker.allow + talker.deny)}
      </td>
      <td className={columnClass('peers', metric)}>{formatCount(talker.peers)}</td>
      <td className={columnClass('ports', metric)}>{formatCount(talker.ports)}</td>
      <td
        className={columnClass('bytes', metric)}
        title={`${formatBytes(talker.bytesSent)} sent by the source, ${formatBytes(talker.bytesReceived)} received by it`}
      >
        {formatBytes(talker.bytes)}
      </td>
      {paired ? (
        <td className={columnClass('interval', metric)} title={talker.rhythm ? describeRhythm(talker.rhythm) : 'too few flows to tell'}>
          {talker.rhythm ? (
            <>
              {formatDuration(talker.rhythm.gap)}
              <span className="text-muted"> ±{formatDuration(talker.rhythm.jitter)}</span>
            </>
          ) : (
            <span className="text-faint">–</span>
          )}
        </td>
      ) : null}
      <td className={`${columnClass('seen', metric)} text-label leading-4`}>
        {[talker.first, talker.last].map((time, i) => (
          <time key={i === 0 ? 'first' : 'last'} dateTime={time} title={formatInstant(time, zone)} className="block">
            {formatSecond(time, zone)}
          </time>
        ))}
      </td>
    </tr>
  )
}
