import { formatClock, formatMoment, type Zone, zoneOffset } from '@/components/parts/format/time'
import { bucketWidth, DAY, MINUTE } from '@/lib/flow/time/bucket'
import type { BucketMetric } from './metric'

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const
const SIGNS = ['', ' k', ' M', ' G', ' T', ' P'] as const

/** Round values from zero to at least `max` in about `count` steps; `binary` for bytes. */
export function valueTicks(max: number, count: number, binary: boolean): number[] {
  const rough = Math.max(max, 1) / count
  const base = binary ? 2 : 10
  const magnitude = base ** Math.floor(Math.log(rough) / Math.log(base) + 1e-9)
  const factor = (binary ? [1, 2] : [1, 2, 5, 10]).find((one) => one * magnitude >= rough) ?? base
  const step = Math.max(1, factor * magnitude)
  return Array.from({ length: Math.ceil(Math.max(max, 1) / step) + 1 }, (_, i) => i * step)
}

/** The scale of a chart whose highest value is `top`. */
export function scaleTicks(top: number, metric: BucketMetric): number[] {
  return valueTicks(top, 4, metric === 'bytes')
}

/** A round value, short: `500 k`, `1.5 GiB`. */
export function tickLabel(n: number, binary: boolean): string {
  const base = binary ? 1024 : 1000
  const power = n < base ? 0 : Math.min(5, Math.floor(Math.log(n) / Math.log(base) + 1e-9))
  const text = String(Math.round((n / base ** power) * 100) / 100)
  return binary ? `${text} ${UNITS[power]}` : `${text}${SIGNS[power]}`
}

/** The buckets that carry a label: those at round times of the zone, at most `count` of them. */
export function timeTicks(t: readonly number[], width: number, zone: Zone, count: number): number[] {
  const [first, last] = [t[0], t[t.length - 1]]
  if (first === undefined || last === undefined) return []
  const step = Math.max(width, bucketWidth(first, last + width, count))
  return t.filter((start) => {
    const offset = zoneOffset(start, zone)
    return (((start + offset) % step) + step) % step < width
  })
}

/** `16:57`, or the day at midnight; seconds only if a bucket is shorter than a minute. */
export function timeLabel(t: number, width: number, zone: Zone): string {
  const clock = formatClock(t, zone)
  if (clock === '00:00:00' || width >= DAY) return formatMoment(t, zone).replace(/ \d\d:\d\d$/, '')
  return width < MINUTE ? clock : clock.slice(0, 5)
}
