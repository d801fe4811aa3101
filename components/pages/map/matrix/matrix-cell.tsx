import { compactCount, formatBytes } from '@/components/parts/format/number'
import type { PathMetric } from '@/lib/flow/fields'
import type { Acts } from '../flow/use-acts'
import { type Cell, SHADES } from './cells'

const STRENGTH = 46

function ground(shade: number, color: string): string {
  return `color-mix(in oklab, var(--color-${color}-fill) ${Math.round((shade * STRENGTH) / SHADES)}%, transparent)`
}

function short(n: number, metric: PathMetric): string {
  return metric === 'bytes' ? formatBytes(n) : compactCount(n)
}

/** Allowed above denied, each with its letter; what there is none of is left empty. */
export function MatrixCell({
  cell: { allow, deny },
  metric,
  label,
  acts,
  isStop,
}: {
  cell: Cell
  metric: PathMetric
  label: string
  acts: Acts
  /** Whether the tab key stops here. */
  isStop: boolean
}) {
  return (
    <a
      href={acts.href}
      onClick={acts.onClick}
      onKeyDown={(event) => {
        if (event.key === 'f') event.currentTarget.click()
        if (event.key === 'F') acts.drop()
      }}
      aria-label={label}
      title={`${label}\nclick: only this · alt-click: without it`}
      tabIndex={isStop ? 0 : -1}
      className="data flex h-full flex-col text-[11px] leading-[18px] -outline-offset-2 hover:brightness-110"
    >
      {(
        [
          ['allow', 'A', allow],
          ['deny', 'D', deny],
        ] as const
      ).map(([action, letter, { value, shade }]) =>
        shade === 0 ? null : (
          <span
            key={action}
            className="flex min-h-0 flex-1 items-center justify-between gap-1 px-1"
            style={{ background: ground(shade, action) }}
          >
            <span aria-hidden="true" className={action === 'allow' ? 'text-muted' : 'hatched rounded-[2px] px-0.5 font-semibold'}>
              {letter}
            </span>
            {short(value, metric)}
          </span>
        ),
      )}
    </a>
  )
}
