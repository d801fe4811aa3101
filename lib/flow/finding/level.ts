import type { Level } from './kinds'

/** Why a finding matters, each from 0 to 1. */
export interface Weight {
  /** How large it is. */
  large: number
  /** How rare: 1 where the baseline never saw it, 0 where it is usual. */
  rare: number
  /** How certain, which it is less where the baseline is not covered. */
  sure: number
}

const HIGH = 0.75
const MEDIUM = 0.5

function unit(value: number): number {
  return Math.min(1, Math.max(0, value))
}

/** From 0 to 1 in hundredths: two fifths each for how large and how rare it is, one fifth for how certain. */
export function scoreOf({ large, rare, sure }: Weight): number {
  return Math.round((0.4 * unit(large) + 0.4 * unit(rare) + 0.2 * unit(sure)) * 100) / 100
}

export function levelOf(score: number): Level {
  if (score >= HIGH) return 'high'
  return score >= MEDIUM ? 'medium' : 'low'
}

/** How rare something is that the baseline has not seen: the less, the less of it is covered. */
export function unseen(share: number): number {
  return 0.5 + share / 2
}

/** How many times of ten something is: 0 at `from`, 1 at `to`, on a logarithmic scale. */
export function scaled(value: number, from: number, to: number): number {
  return unit(Math.log(Math.max(value, from) / from) / Math.log(to / from))
}
