'use client'

import { MARK_LOOKS } from './mark-looks'
import type { MarkKind } from './marks'
import { useHoles } from './use-holes'

const WORDS: readonly (readonly [kind: MarkKind, words: string])[] = [
  ['hole', 'data missing, below the axis'],
  ['silent', 'NICs silent, hatched grey'],
  ['quiet', 'no blobs, line below the axis'],
  ['growing', 'may still grow, dotted'],
]

/** The marks on the time axis of a chart, as items of its legend: those that occur in the view. */
export function MarkLegend() {
  const { marks } = useHoles()
  return WORDS.filter(([kind]) => marks.some((mark) => mark.kind === kind)).map(([kind, words]) => (
    <li key={kind} className="flex items-center gap-1.5">
      <span aria-hidden="true" className={`h-1.5 w-[18px] shrink-0 ${MARK_LOOKS[kind]}`} />
      {words}
    </li>
  ))
}
