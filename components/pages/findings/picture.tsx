import { formatDuration } from '@/components/parts/format/time'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import { formatBytes } from '@/lib/flow/text/bytes'

const WIDTH = 240
const HEIGHT = 44

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : []
}

function Bars({ values, label, limit }: { values: readonly number[]; label: string; limit?: number }) {
  const top = Math.max(1, limit ?? 0, ...values)
  const width = WIDTH / Math.max(1, values.length)
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="h-11 w-60 max-w-full text-accent"
      preserveAspectRatio="none"
    >
      <title>{label}</title>
      {values.map((value, i) => {
        const height = (value / top) * (HEIGHT - 2)
        return <rect key={i} x={i * width} y={HEIGHT - height} width={Math.max(0.5, width - 0.5)} height={height} fill="currentColor" />
      })}
      {limit === undefined ? null : (
        <line
          x1="0"
          x2={WIDTH}
          y1={HEIGHT - (limit / top) * (HEIGHT - 2)}
          y2={HEIGHT - (limit / top) * (HEIGHT - 2)}
          stroke="currentColor"
          strokeDasharray="3 3"
        />
      )}
    </svg>
  )
}

function Compared({ rows }: { rows: readonly { name: string; value: number }[] }) {
  const top = Math.max(1, ...rows.map(({ value }) => value))
  return (
    <dl className="grid w-80 max-w-full grid-cols-[auto_1fr_auto] items-center gap-x-2 gap-y-1 text-label">
      {rows.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd>
            <svg aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none" className="h-2 w-full rounded-sm bg-sunken text-accent">
              <rect width={(value / top) * 100} height="8" fill="currentColor" />
            </svg>
          </dd>
          <dd className="data text-right">{formatBytes(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A small chart of a finding's reasons: the gaps of a beacon, bytes against the baseline, contacted machines, hours of denials. */
export function Picture({ finding: { kind, figures } }: { finding: Finding }) {
  if (kind === 'beacon') {
    const every = Number(figures.everyMs)
    return <Bars values={numbers(figures.gaps)} limit={every} label={`gaps between calls, the median of ${formatDuration(every)} dashed`} />
  }
  if (kind === 'exfiltration')
    return (
      <Compared
        rows={[
          { name: 'now', value: Number(figures.sent) },
          { name: 'most before, to there', value: Number(figures.pairBefore) },
          { name: 'most before, to everybody', value: Number(figures.totalBefore) },
        ]}
      />
    )
  if (kind === 'fan-out' && Array.isArray(figures.targets))
    return (
      <ul aria-label="addresses that were reached for" className="flex max-w-140 flex-wrap gap-1">
        {figures.targets.map((target) => (
          <li key={target} className="data rounded bg-sunken px-1.5 text-label">
            {target}
          </li>
        ))}
      </ul>
    )
  if (kind === 'deny-surge')
    return (
      <Bars values={numbers(figures.hours)} limit={Number(figures.limit)} label="denied tuples by hour, what would be a surge dashed" />
    )
  return null
}
