import { ArrowDownLeft, ArrowUpRight } from 'lucide-react'
import type { Direction } from '@/lib/flow/tuple'

/** The direction as seen by the NIC, with an arrow. */
export function DirectionSign({ dir }: { dir: Direction }) {
  const Arrow = dir === 'in' ? ArrowDownLeft : ArrowUpRight
  return (
    <span className="flex items-center gap-1">
      <Arrow aria-hidden="true" size={13} className="shrink-0 text-muted" />
      {dir}
    </span>
  )
}
