import { useId } from 'react'
import { classNames } from './class-names'

export interface SegmentChoice<T extends string> {
  value: T
  label: string
  /** A longer name for the tooltip. */
  about?: string
}

/** One of a few values, all of them visible. Arrow keys move, as in any group of radio buttons. */
export function Segmented<T extends string>({
  label,
  choices,
  value,
  onChange,
}: {
  label: string
  choices: readonly SegmentChoice<T>[]
  value: T
  onChange: (value: T) => void
}) {
  const name = useId()
  return (
    <fieldset className="relative inline-flex shrink-0 rounded-md bg-sunken p-0.5 ring-1 ring-line ring-inset">
      <legend className="sr-only">{label}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          title={choice.about}
          className={classNames(
            'relative flex h-7 items-center rounded-[4px] px-2 text-label whitespace-nowrap transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent',
            choice.value === value
              ? 'bg-raised font-medium text-ink shadow-[0_0_0_1px_var(--color-line-strong)]'
              : 'text-muted hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  )
}
