import type { ChartSize } from '@/components/ui/size/plot-size'

/** The outline of buckets as steps, in a box one unit high and one wide for each bucket. */
export function outline(values: readonly number[], top: number): string {
  return values
    .map((value, i) => {
      const y = Math.round((1 - value / Math.max(1, top)) * 10_000) / 10_000
      return `${i === 0 ? `M0 ${y}` : `V${y}`}H${i + 1}`
    })
    .join('')
}

/** The previous period, bucket under bucket: an area behind the bars, and its outline over them. `top` is the end of the chart's scale. */
export function Shade({ values, top, size }: { values: readonly number[]; top: number; size: ChartSize }) {
  const line = outline(values, top)
  const box = { left: size.left, right: size.right, top: size.top, height: size.height - size.top - size.bottom }
  return (
    <>
      <div className="pointer-events-none absolute -z-10" style={box}>
        <svg aria-hidden="true" viewBox={`0 0 ${values.length} 1`} preserveAspectRatio="none" className="h-full w-full">
          <path d={`${line}V1H0Z`} fill="var(--color-hover)" />
        </svg>
      </div>
      <div className="pointer-events-none absolute" style={box}>
        <svg aria-hidden="true" viewBox={`0 0 ${values.length} 1`} preserveAspectRatio="none" className="h-full w-full">
          <path d={line} fill="none" stroke="var(--color-ink)" strokeOpacity={0.6} vectorEffect="non-scaling-stroke" />
        </svg>
      </div>
    </>
  )
}
