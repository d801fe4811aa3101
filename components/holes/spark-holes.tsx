'use client'

import dynamic from 'next/dynamic'
import { useHoles } from './use-holes'

const SparkBands = dynamic(() => import('./spark-bands').then((module) => module.SparkBands))

/**
 * The holes under a course of that many buckets over the view's range, drawn as wide as `across` of them. It lies over the bottom of a positioned box; the
 * mark of the panel tells it in words.
 */
export function SparkHoles({ bars, across = bars }: { bars: number; across?: number }) {
  const { marks } = useHoles()
  return bars > 0 && marks.some(({ kind }) => kind === 'hole') ? <SparkBands bars={bars} across={across} /> : null
}
