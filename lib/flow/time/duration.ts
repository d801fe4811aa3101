import { DAY, HOUR, MINUTE } from './bucket'

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY }
const LONGEST = 3660 * DAY

/** `15m`, `6h`, `24h`, `7d`, `2w` in milliseconds, at most ten years; null for any other text. */
export function parseDuration(text: string): number | null {
  const found = /^(\d{1,7})([mhdw])$/.exec(text)
  const ms = found ? Number(found[1]) * UNITS[found[2]!]! : 0
  return ms > 0 && ms <= LONGEST ? ms : null
}

/** The inverse of parseDuration: hours up to two days, then whole days if possible. */
export function writeDuration(ms: number): string {
  if (ms % DAY === 0 && ms > DAY) return `${ms / DAY}d`
  return ms % HOUR === 0 ? `${ms / HOUR}h` : `${ms / MINUTE}m`
}
