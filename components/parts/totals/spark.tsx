import { SparkHoles } from '@/components/parts/holes/spark-holes'

/** The most bars; more buckets are added up. */
const POINTS = 48

function thin(values: readonly number[], size: number): number[] {
  const out: number[] = []
  for (let i = 0; i < values.length; i += size) out.push(values.slice(i, i + size).reduce((a, b) => a + b, 0))
  return out
}

/** A figure over the range, as small bars without a scale. */
export function Spark({ values, tone }: { values: readonly number[]; tone: 'ink' | 'deny' }) {
  const size = Math.max(1, Math.ceil(values.length / POINTS))
  const points = thin(values, size)
  const top = Math.max(1, ...points)
  return (
    <>
      <svg viewBox={`0 0 ${points.length} 24`} preserveAspectRatio="none" aria-hidden="true" className="h-6 w-full">
        {points.map((value, i) => {
          const height = value === 0 ? 0 : Math.max(1, (value / top) * 24)
          const key = `${i}:${points.length}`
          return (
            <rect
              key={key}
              x={i + 0.15}
              y={24 - height}
              width={0.7}
              height={height}
              fill={tone === 'deny' ? 'var(--color-deny-fill)' : 'var(--color-line-strong)'}
            />
          )
        })}
      </svg>
      <SparkHoles bars={values.length} across={points.length * size} />
    </>
  )
}
