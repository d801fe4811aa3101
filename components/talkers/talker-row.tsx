'use client'

import { formatBytes, formatCount, formatShare } from '@/components/format/number'
import { serviceName } from '@/components/format/port'
import { decodeRule, shortResource } from '@/components/format/rule'
import { formatInstant, formatMoment, type Zone } from '@/components/format/time'
import { SplitBar } from '@/components/ui/split-bar'
import { Value } from '@/components/value/value'
import type { FilterField, Metric } from '@/lib/flow/fields'
import { columnClass } from './columns'
import { showMeasure, type Talker } from './measure'

function shown(field: FilterField, value: string): string | undefined {
  if (field === 'dport' || field === 'sport' || field === 'port') {
    const service = serviceName(Number(value))
    return service ? `${value} ${service}` : undefined
  }
  if (field === 'rule') return decodeRule(value).name
  return field === 'acl' || field === 'log' ? shortResource(value) : undefined
}

/** One talker: who, how much of it was let through, and how widely. */
export function TalkerRow({
  talker,
  by,
  metric,
  full,
  zone,
}: {
  talker: Talker
  by: readonly FilterField[]
  metric: Metric
  /** The measure that fills the bar. */
  full: number
  zone: Zone
}) {
  const keys = typeof talker.key === 'string' ? [talker.key] : talker.key
  const [src, dst] = [keys[by.indexOf('src')], keys[by.indexOf('dst')]]
  const ends = src === undefined || dst === undefined ? null : { src, dst }
  const measure = showMeasure(talker[metric], metric)
  const length = full === 0 ? 0 : talker[metric] / full
  const split = `${formatCount(talker.allow)} allowed, ${formatCount(talker.deny)} denied tuples`
  return (
    <tr className="h-8.5 border-b border-line/60 last:border-0 hover:bg-hover">
      <th scope="row" className={columnClass('key', metric)}>
        <span className="flex min-w-0 items-center gap-1.5">
          {keys.map((key, i) => (
            <span key={by[i]} className="contents">
              {i > 0 ? <span className="text-faint">→</span> : null}
              <Value field={by[i]!} value={key} ends={ends}>
                {shown(by[i]!, key)}
              </Value>
            </span>
          ))}
        </span>
      </th>
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
      <td className={columnClass('first', metric)} title={formatInstant(talker.first, zone)}>
        {formatMoment(talker.first, zone)}
      </td>
      <td className={columnClass('last', metric)} title={formatInstant(talker.last, zone)}>
        {formatMoment(talker.last, zone)}
      </td>
    </tr>
  )
}
