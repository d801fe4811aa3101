'use client'

import { DAY } from '@/lib/flow/time/bucket'
import { writeDuration } from '@/lib/flow/time/duration'

const USUAL: readonly (readonly [length: number, name: string])[] = [
  [0, 'nothing'],
  [DAY, 'the day before'],
  [7 * DAY, 'the 7 days before'],
  [30 * DAY, 'the 30 days before'],
]

/** Selects the baseline of the cells by its length. Milliseconds, 0 for none. */
export function BaselinePicker({ value, onChange }: { value: number; onChange: (length: number) => void }) {
  const choices = USUAL.some(([length]) => length === value)
    ? USUAL
    : [...USUAL, [value, `the ${writeDuration(value)} before`] as const].sort(([a], [b]) => a - b)
  return (
    <label className="flex items-center gap-1.5 text-label text-muted">
      compared with
      <select
        value={String(value)}
        onChange={(event) => onChange(Number(event.target.value))}
        className="h-7 rounded-md border border-line bg-surface px-1 hover:border-line-strong"
      >
        {choices.map(([length, name]) => (
          <option key={length} value={String(length)}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
