'use client'

import { bucketWidth, floorTo } from '@/lib/flow/bucket'
import { useHoles } from './holes-provider'
import { placeMark } from './place-mark'

/**
 * The holes under a course of that many buckets over the view's range, drawn as wide as `across` of them. It lies over the bottom of a positioned box; the
 * mark of the panel tells it in words.
 */
export function SparkHoles({ bars, across = bars }: { bars: number; across?: number }) {
  const { marks, from, to } = useHoles()
  const holes = marks.filter(({ kind }) => kind === 'hole')
  if (holes.length === 0 || bars === 0) return null
  const width = bucketWidth(from, to, bars)
  const start = floorTo(from, width)
  return (
    <span aria-hidden="true" className="pointer-events-none absolute inset-x-0 bottom-0 h-1">
      {holes.map((mark) => (
        <span key={mark.from} className="hole-hatched absolute inset-y-0" style={placeMark(mark, start, start + across * width)} />
      ))}
    </span>
  )
}
