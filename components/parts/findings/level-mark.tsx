import { classNames } from '@/components/ui/class-names'
import type { Level } from '@/lib/flow/finding/kinds'

const LOOKS: Readonly<Record<Level, string>> = {
  high: 'bg-ink text-ground',
  medium: 'bg-caution-soft text-caution ring-1 ring-caution-line ring-inset',
  low: 'bg-sunken text-muted',
}

/** The level of a finding as a word. */
export function LevelMark({ level, score }: { level: Level; score?: number }) {
  return (
    <span
      title={score === undefined ? undefined : `score ${score.toFixed(2)} of 1`}
      className={classNames('inline-flex h-5 items-center rounded px-1.5 text-label font-medium', LOOKS[level])}
    >
      {level}
    </span>
  )
}
