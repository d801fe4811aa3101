import { classNames } from '@/components/ui/class-names'

const LAMPS = { well: 'bg-muted', failing: 'border-2 border-caution', unknown: 'bg-line-strong' } as const

/** A filled disc if a source answers, a ring if it does not. */
export function Lamp({ state }: { state: keyof typeof LAMPS }) {
  return <span aria-hidden="true" className={classNames('inline-block size-2 shrink-0 rounded-full', LAMPS[state])} />
}
