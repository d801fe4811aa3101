import type { Level } from './kinds'

/** Reasons why a finding matters, each from 0 to 1. */
export interface Weight {
  /** Its size. */
  large: number
  /** Its rarity: 1 if the baseline never saw it, 0 if it is usual. */
  rare: number
  /** Its certainty: lower if the baseline is not fully covered. */
  sure: number
}

const HIGH = 0.75
const MEDIUM = 0.5

function unit(value: number): number {
  return Math.min(1, Math.max(0, value))
}

/** Returns a score from 0 to 1 in hundredths: two fifths each for size and rarity, one fifth for certainty. */
export function scoreOf({ large, rare, sure }: Weight): number {
  return Math.round((0.4 * unit(large) + 0.4 * unit(rare) + 0.2 * unit(sure)) * 100) / 100
}

export function levelOf(score: number): Level {
  if (score >= HIGH) return 'high'
  return score >= MEDIUM ? 'medium' : 'low'
}

/** Returns the rarity of something that the baseline has not seen: lower, the smaller the covered share of the baseline. */
export function unseen(share: number): number {
  return 0.5 + share / 2
}

/** Maps a value to 0 at `from` and 1 at `to`, on a logarithmic scale. */
export function scaled(value: number, from: number, to: number): number {
  return unit(Math.log(Math.max(value, from) / from) / Math.log(to / from))
}
