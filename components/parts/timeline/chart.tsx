'use client'

import { memo, useId, useRef } from 'react'
import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from 'recharts'
import type { Zone } from '@/components/parts/format/time'
import type { ChartSize } from '@/components/ui/size/plot-size'
import { useWidth } from '@/components/ui/size/use-width'
import { type Bucket, type BucketMetric, type Drawn, sideOf } from './metric'
import { scaleOf } from './scale'
import { tickLabel, timeLabel, timeTicks } from './ticks'
import { TICK, TimeTick } from './time-tick'

export interface ChartProps {
  buckets: readonly Bucket[]
  width: number
  metric: BucketMetric
  zone: Zone
  size: ChartSize
  /** Minimum upper end of the scale. */
  atLeast: number
  drawn: Drawn
  isLog: boolean
}

/** The bars: allowed below, denied above, scanning hatched on top. The brush handles the pointer. */
export const Chart = memo(function Chart({ buckets, width, metric, zone, size, atLeast, drawn, isLog }: ChartProps) {
  const binary = metric === 'bytes'
  const hatching = useId()
  const frame = useRef<HTMLDivElement>(null)
  const room = useWidth(frame)
  const scale = scaleOf(Math.max(atLeast, ...buckets.map((bucket) => sideOf(bucket, metric, drawn))), metric, isLog)
  const rows = buckets.map((bucket) => {
    const whole = sideOf(bucket, metric, drawn)
    const share = whole === 0 ? 0 : scale.heightOf(whole) / whole
    const deny = drawn === 'allow' ? 0 : bucket.deny[metric]
    const scanned = drawn === 'allow' ? 0 : (bucket.noise?.[metric] ?? 0)
    return {
      t: bucket.t,
      allow: drawn === 'deny' ? 0 : bucket.allow[metric] * share,
      deny: (deny - scanned) * share,
      noise: scanned * share,
    }
  })
  const marks = new Map(scale.values.map((value) => [scale.heightOf(value), value]))
  const times = timeTicks(
    rows.map(({ t }) => t),
    width,
    zone,
    14,
  )
  return (
    <div ref={frame} aria-hidden="true" className="overflow-clip" style={{ height: size.height }}>
      {room === 0 ? null : (
        <BarChart
          width={room}
          height={size.height}
          data={rows}
          margin={{ top: size.top, right: size.right, bottom: 0, left: 0 }}
          barCategoryGap="10%"
          accessibilityLayer={false}
        >
          <defs>
            <pattern id={hatching} width={4} height={4} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width={4} height={4} fill="var(--color-deny-soft)" />
              <rect width={2} height={4} fill="var(--color-deny-fill)" />
            </pattern>
          </defs>
          <CartesianGrid vertical={false} stroke="var(--color-line)" />
          <XAxis
            dataKey="t"
            ticks={times}
            tickFormatter={(t: number) => timeLabel(t, width, zone)}
            height={size.bottom}
            interval="preserveStart"
            minTickGap={16}
            tick={({ x, y, payload }) => <TimeTick x={x} y={y} label={timeLabel(payload.value, width, zone)} room={room} />}
            tickLine={{ stroke: 'var(--color-line-strong)' }}
            axisLine={{ stroke: 'var(--color-line-strong)' }}
          />
          <YAxis
            hide={size.left === 0}
            width={size.left}
            ticks={[...marks.keys()]}
            domain={[0, scale.heightOf(scale.values.at(-1)!)]}
            tickFormatter={(height: number) => tickLabel(marks.get(height) ?? height, binary)}
            tick={TICK}
            tickLine={false}
            axisLine={false}
          />
          <Bar dataKey="allow" stackId="tuples" fill="var(--color-allow-fill)" isAnimationActive={false} />
          <Bar dataKey="deny" stackId="tuples" fill="var(--color-deny-fill)" isAnimationActive={false} />
          <Bar dataKey="noise" stackId="tuples" fill={`url(#${hatching})`} isAnimationActive={false} />
        </BarChart>
      )}
    </div>
  )
})
