import { formatDuration } from '@/components/parts/format/time'

/** Time difference of two moments (ISO 8601): `+12 s`, `−1 m 4 s`, `±0`. */
export function timeApart(time: string, from: string): string {
  const ms = Date.parse(time) - Date.parse(from)
  if (ms === 0) return '±0'
  return `${ms < 0 ? '−' : '+'}${formatDuration(Math.abs(ms))}`
}
