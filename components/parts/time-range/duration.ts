import { DAY, HOUR, MINUTE } from '@/lib/flow/time/bucket'

const UNITS: readonly [RegExp, number][] = [
  [/^(s|secs?|seconds?)$/, 1000],
  [/^(m|mins?|minutes?)$/, MINUTE],
  [/^(h|hrs?|hours?)$/, HOUR],
  [/^(d|days?)$/, DAY],
  [/^(w|weeks?)$/, 7 * DAY],
]

function unitOf(word: string): number | null {
  return UNITS.find(([names]) => names.test(word.toLowerCase()))?.[1] ?? null
}

/** Parses a duration to milliseconds, or null: `90m`, `1 h 30 min`, `1.5 days`, and `hour` for one. */
export function parseDuration(text: string): number | null {
  const rest = text.trim()
  const one = /^[a-z]{3,}$/i.test(rest) && !rest.endsWith('s') ? unitOf(rest) : null
  if (one !== null) return one
  if (!/^(\d+(\.\d+)?\s*[a-z]+\s*)+$/i.test(rest)) return null
  let sum = 0
  for (const [, count, word] of rest.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)) {
    const unit = unitOf(word!)
    if (unit === null) return null
    sum += Math.round(Number(count) * unit)
  }
  return sum > 0 ? sum : null
}
