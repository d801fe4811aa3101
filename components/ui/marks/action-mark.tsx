import { classNames } from '@/components/ui/class-names'
import type { Action } from '@/lib/flow/tuple/tuple'

/** A (allowed) or D (denied) in a small square: the letter says it, the colour repeats it. */
export function ActionMark({ action }: { action: Action }) {
  const allowed = action === 'allow'
  return (
    <span
      role="img"
      aria-label={allowed ? 'allowed' : 'denied'}
      title={allowed ? 'allowed' : 'denied'}
      className={classNames(
        'data inline-flex size-[18px] shrink-0 items-center justify-center rounded-sm text-[11px] font-semibold',
        allowed ? 'bg-allow-soft text-allow' : 'bg-deny-soft text-deny',
      )}
    >
      {allowed ? 'A' : 'D'}
    </span>
  )
}
