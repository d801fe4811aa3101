import { classNames } from '@/components/ui/class-names'
import type { Tick } from './axis'

/** The head of a column: its hour, and the day if one begins there. `left` and `width` are pixels. */
export function HourHead({ tick, marked, left, width }: { tick: Tick; marked: boolean; left: number; width: number }) {
  const { day, hour, begins, column } = tick
  return (
    <th
      scope="col"
      aria-colindex={column + 2}
      className={classNames(
        'data absolute bottom-0 h-full text-label font-normal',
        marked ? 'font-semibold text-accent' : 'text-muted',
        begins && column > 0 && 'border-l border-line-strong',
      )}
      style={{ left, width }}
    >
      {day ? <span className="absolute top-1.5 left-1 whitespace-nowrap text-ink">{day}</span> : null}
      <span className="absolute inset-x-0 bottom-1 text-center">{hour}</span>
    </th>
  )
}
