'use client'

import { formatPlural } from '@/components/parts/format/number'
import { useView } from '@/components/parts/view/use-view'
import type { ChartSize } from '@/components/ui/size/plot-size'
import { MARK_LOOKS } from './mark-looks'
import { timesOf } from './marks'
import { placeMark } from './place-mark'
import { useHoles } from './use-holes'

/** Maximum number of marks that are listed for screen readers. */
const TOLD = 12

/** Bands along the time axis where data of [from, to) is missing or may still arrive; holes are also hatched over the whole height. */
export function HoleBands({ from, to, size }: { from: number; to: number; size: ChartSize }) {
  const { zone } = useView()
  const { marks } = useHoles()
  const shown = marks.filter((mark) => mark.from < to && mark.to > from)
  if (shown.length === 0) return null
  const told = shown.slice(0, TOLD).map((mark) => `${timesOf(mark, zone)}: ${mark.about}`)
  if (shown.length > TOLD) told.push(`${formatPlural(shown.length - TOLD, 'more mark')} on the coverage page`)
  const sides = { left: size.left, right: size.right }
  return (
    <div role="img" aria-label={`Marks on the time axis. ${told.join('; ')}`}>
      <div className="pointer-events-none absolute -z-10" style={{ ...sides, top: size.top, height: size.height - size.top - size.bottom }}>
        {shown.map((mark) =>
          mark.kind === 'hole' || mark.kind === 'silent' ? (
            <span
              key={`${mark.from} ${mark.to} ${mark.kind}`}
              className={`absolute inset-y-0 ${mark.kind === 'hole' ? 'bg-caution-soft' : 'silence-hatched'}`}
              style={placeMark(mark, from, to)}
            />
          ) : null,
        )}
      </div>
      <div className="pointer-events-none absolute h-1.5" style={{ ...sides, top: size.height - size.bottom }}>
        {shown.map((mark) => (
          <span
            key={`${mark.from} ${mark.to} ${mark.kind}`}
            data-mark={mark.kind}
            className={`absolute inset-y-0 ${MARK_LOOKS[mark.kind]}`}
            style={placeMark(mark, from, to)}
          />
        ))}
      </div>
    </div>
  )
}
