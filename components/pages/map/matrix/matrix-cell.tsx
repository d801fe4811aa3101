import { memo } from 'react'
import { compactCount } from '@/components/parts/format/number'
import { valueText } from '@/components/parts/format/value-text'
import type { KeyField } from '@/lib/flow/field/fields'
import type { PathMetric } from '@/lib/flow/field/metric'
import { formatBytes } from '@/lib/flow/text/bytes'
import { ACTIONS } from '@/lib/flow/tuple/tuple'
import { measured } from '../flow/measure'
import type { ActsOf } from '../flow/use-acts'
import { type Node, SHADES, type ShadedCell } from './cells'

const STRENGTH = 46

function ground(shade: number, color: string): string {
  return `color-mix(in oklab, var(--color-${color}-fill) ${Math.round((shade * STRENGTH) / SHADES)}%, transparent)`
}

function short(n: number, metric: PathMetric): string {
  return metric === 'bytes' ? formatBytes(n) : compactCount(n)
}

function nameOf(node: Node, field: KeyField): string {
  return node.other ? 'other' : valueText(field, node.value)
}

/** Shows allowed above denied traffic, each with its letter and a mark if it is new. */
export const MatrixCell = memo(function MatrixCell({
  cell,
  row,
  column,
  fields: [down, across],
  metric,
  actsOf,
  isStop,
}: {
  cell: ShadedCell
  row: Node
  column: Node
  fields: readonly [KeyField, KeyField]
  metric: PathMetric
  actsOf: ActsOf
  /** True if the tab key stops here. */
  isStop: boolean
}) {
  const acts = actsOf([row, column])
  const halves = ACTIONS.map((action) => ({ action, ...cell[action] })).filter(({ shade }) => shade > 0)
  const figures = halves.map(
    ({ action, value, isNew }) => `${measured(value, metric)} ${action === 'allow' ? 'allowed' : 'denied'}${isNew ? ', new' : ''}`,
  )
  const label = `${nameOf(row, down)} → ${nameOf(column, across)}: ${figures.join(', ')}`
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
      {halves.map(({ action, value, shade, isNew }) => (
        <span
          key={action}
          className="flex min-h-0 flex-1 items-center gap-1 px-1 whitespace-nowrap"
          style={{ background: ground(shade, action) }}
        >
          <span aria-hidden="true" className={action === 'allow' ? 'text-muted' : 'hatched rounded-[2px] px-0.5 font-semibold'}>
            {action === 'allow' ? 'A' : 'D'}
          </span>
          {isNew ? <NewMark /> : null}
          <span className="ml-auto">{short(value, metric)}</span>
        </span>
      ))}
    </a>
  )
})

/** Marks traffic that is absent from the baseline. */
export function NewMark() {
  return <span className="rounded-[2px] border border-accent px-px text-[9px] leading-[11px] font-semibold text-accent">new</span>
}
