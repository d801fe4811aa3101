import { formatDuration } from '@/components/format/time'

/** How long one moment is after another: `+12 s`, `−1 m 4 s`, `±0`. Both ISO 8601. */
export function timeApart(time: string, from: string): string {
  const ms = Date.parse(time) - Date.parse(from)
  if (ms === 0) return '±0'
  return `${ms < 0 ? '−' : '+'}${formatDuration(Math.abs(ms))}`
}
