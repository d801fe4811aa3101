'use client'

import { late } from '@/components/ui/late'
import { useHoles } from './use-holes'

const SparkBands = late(() => import('./spark-bands').then((module) => module.SparkBands))

/**
 * The holes under a sparkline of that many buckets over the view's range, drawn as wide as `across` of them. Covers the bottom of a positioned box; the panel's
 * mark describes them in words.
 */
export function SparkHoles({ bars, across = bars }: { bars: number; across?: number }) {
  const { marks } = useHoles()
  return bars > 0 && marks.some(({ kind }) => kind === 'hole' || kind === 'silent') ? <SparkBands bars={bars} across={across} /> : null
}
