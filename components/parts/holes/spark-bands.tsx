'use client'

import { bucketWidth, floorTo } from '@/lib/flow/time/bucket'
import { placeMark } from './place-mark'
import { useHoles } from './use-holes'

/** The holes under a sparkline, if there are any; see `SparkHoles`. */
export function SparkBands({ bars, across }: { bars: number; across: number }) {
  const { marks, from, to } = useHoles()
  const width = bucketWidth(from, to, bars)
  const start = floorTo(from, width)
  return (
    <span aria-hidden="true" className="pointer-events-none absolute inset-x-0 bottom-0 h-1">
      {marks.map((mark) =>
        mark.kind === 'hole' || mark.kind === 'silent' ? (
          <span
            key={`${mark.from} ${mark.to} ${mark.kind}`}
            className={`${mark.kind === 'hole' ? 'hole-hatched' : 'silence-hatched'} absolute inset-y-0`}
            style={placeMark(mark, start, start + across * width)}
          />
        ) : null,
      )}
    </span>
  )
}
