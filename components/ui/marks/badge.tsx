import type { ReactNode } from 'react'
import { classNames } from '@/components/ui/class-names'

const TONES = {
  neutral: 'bg-hover text-muted',
  allow: 'bg-allow-soft text-allow',
  deny: 'bg-deny-soft text-deny',
  caution: 'bg-caution-soft text-caution',
  accent: 'bg-accent-soft text-accent',
} as const

export type Tone = keyof typeof TONES

/** A short word about the thing beside it. */
export function Badge({ tone = 'neutral', title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span
      title={title}
      className={classNames(
        'inline-flex h-[18px] shrink-0 items-center rounded-sm px-1.5 text-[11px] font-medium whitespace-nowrap',
        TONES[tone],
      )}
    >
      {children}
    </span>
  )
}
