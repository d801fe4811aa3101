import { DAY, HOUR, MINUTE } from '@/lib/flow/time/bucket'

/** `local` is the zone of the reader's machine. */
export type Zone = 'utc' | 'local'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const two = (n: number) => String(n).padStart(2, '0')

/** Offset of the zone from UTC at that moment, milliseconds. */
export function zoneOffset(t: number, zone: Zone): number {
  return zone === 'utc' ? 0 : -new Date(t).getTimezoneOffset() * MINUTE
}

/** The same moment with its wall clock readable through the UTC getters. */
function wallClock(t: number, zone: Zone): Date {
  return new Date(t + zoneOffset(t, zone))
}

function epoch(time: string | number): number {
  return typeof time === 'number' ? time : Date.parse(time)
}

/** `Z`, or the offset in force at that moment: `+02:00`. */
export function zoneSign(t: number, zone: Zone): string {
  if (zone === 'utc') return 'Z'
  const offset = zoneOffset(t, zone) / MINUTE
  const size = Math.abs(offset)
  return `${offset < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** `UTC`, or the offset for a label: `UTC+02:00`. */
export function zoneName(t: number, zone: Zone): string {
  return zone === 'utc' ? 'UTC' : `UTC${zoneSign(t, zone)}`
}

/** Formats `16:57:46`, with `.123` if the moment has milliseconds. */
export function formatClock(time: string | number, zone: Zone): string {
  const d = wallClock(epoch(time), zone)
  const ms = d.getUTCMilliseconds()
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}${ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`}`
}

/** `2024-08-12`. */
export function formatDate(time: string | number, zone: Zone): string {
  const d = wallClock(epoch(time), zone)
  return `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}`
}

/** Formats `2024-08-12 16:57:46 Z`, with milliseconds if the log has them. `time` is ISO 8601 or epoch milliseconds. */
export function formatInstant(time: string | number, zone: Zone): string {
  const t = epoch(time)
  return `${formatDate(t, zone)} ${formatClock(t, zone)} ${zoneSign(t, zone)}`
}

/** Formats `12 Aug 16:57`, with seconds only if they are not zero, and with the year if it is not `year`. */
export function formatMoment(time: string | number, zone: Zone, year?: number): string {
  const d = wallClock(epoch(time), zone)
  const seconds = d.getUTCSeconds() === 0 && d.getUTCMilliseconds() === 0 ? '' : `:${two(d.getUTCSeconds())}`
  const written = year === undefined || year === d.getUTCFullYear() ? '' : ` ${d.getUTCFullYear()}`
  return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}${written} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}${seconds}`
}

/** Formats `12 Aug 16:57:00`: a moment in a table, in which a minute without seconds would look rounded. */
export function formatSecond(time: string | number, zone: Zone): string {
  const text = formatMoment(time, zone)
  return /:\d\d:\d\d$/.test(text) ? text : `${text}:00`
}

/** `12 Aug 2024 00:00 – 13 Aug 00:00 UTC`; the day is written once if both ends share it, and the zone twice if its clock changes in between. */
export function formatRange(from: string | number, to: string | number, zone: Zone): string {
  const [a, b] = [epoch(from), epoch(to)]
  const [start, end] = [wallClock(a, zone), wallClock(b, zone)]
  const year = start.getUTCFullYear()
  const head = formatMoment(a, zone, 0)
  const tail = formatMoment(b, zone, year)
  const sameDay = formatDate(a, zone) === formatDate(b, zone) && end.getTime() > start.getTime()
  const [first, last] = [zoneName(a, zone), zoneName(b, zone)]
  return `${head}${first === last ? '' : ` ${first}`} – ${sameDay ? tail.slice(tail.lastIndexOf(' ') + 1) : tail} ${last}`
}

/** The two largest units: `4 m 10 s`, `2 d 3 h`, `120 ms`. Takes milliseconds. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 10_000 && ms % 1000 !== 0) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`
  const parts: [number, string][] = [
    [Math.floor(ms / DAY), 'd'],
    [Math.floor((ms % DAY) / HOUR), 'h'],
    [Math.floor((ms % HOUR) / MINUTE), 'm'],
    [Math.floor((ms % MINUTE) / 1000), 's'],
  ]
  const first = parts.findIndex(([n]) => n > 0)
  return parts
    .slice(first, first + 2)
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(' ')
}
