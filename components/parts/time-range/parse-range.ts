import type { Zone } from '@/components/parts/format/time'
import { Problem } from '@/lib/flow/problem'
import { DAY, MINUTE } from '@/lib/flow/time/bucket'
import type { AskedRange } from '@/lib/flow/view/view'
import { addDays, addMonths, dayStart, instantOf, isDay, startOfDay, type WallZone, wallOf } from './calendar'
import { parseDuration } from './duration'
import { type Clock, type Moment, readMoment, type WrittenDay } from './moment'

/** Between the two ends: `..`, a dash with room around it, or a word. */
const BETWEEN = /\s*(?:\.{2,3}|…|→|–|—)\s*|(?<!\bnow)\s+(?:-|to|until|till)\s+/i
const AROUND = /\s*(?:±|\+\/?-)\s*/
const PLUS = /\s*\+\s*(?=\d+(?:\.\d+)?\s*[a-z])/i
const LONGEST = 3660 * DAY
/** Maximum number of years between two leap days. */
const YEARS_BACK = 8

interface Part {
  text: string
  at: number
}

/** The current time and zone. */
interface Here {
  now: number
  zone: Zone
}

/** The time covered by a written end: the whole day or month, or else a moment. */
interface Covered {
  from: number
  to: number
  place: WallZone
}

function wrong(message: string, at: number): Problem {
  return new Problem('ask', message, { at })
}

/** Returns the first day of a written one: not after today or, for the end of a range, not before its start. */
function startOf(day: WrittenDay, { now }: Here, place: WallZone, since: number | null, at: number): number {
  const today = startOfDay(now, place)
  if (day.kind === 'back') return addDays(today, -day.days, place)
  const first = since === null ? null : startOfDay(since, place)
  if (day.kind === 'weekday') {
    const { year, month, day: date } = wallOf(first ?? today, place)
    const weekday = new Date(Date.UTC(year, month - 1, date)).getUTCDay()
    const ahead = (day.weekday - weekday + 7) % 7
    return addDays(first ?? today, first === null && ahead > 0 ? ahead - 7 : ahead, place)
  }
  const date = day.kind === 'date' ? day.day : 1
  if (day.year !== null) return dayStart(day.year, day.month, date, place)
  const { year } = wallOf(first ?? today, place)
  for (let i = 0; i <= YEARS_BACK; i++) {
    const candidate = first === null ? year - i : year + i
    if (!isDay(candidate, day.month, date)) continue
    const start = dayStart(candidate, day.month, date, place)
    const end = day.kind === 'month' ? addMonths(start, 1, place) : addDays(start, 1, place)
    if (first === null ? start <= now : end > first) return start
  }
  throw wrong('The day does not exist; expected a day of the calendar', at)
}

function atClock(day: number, clock: Clock, place: WallZone): number {
  return instantOf({ ...wallOf(day, place), ...clock }, place)
}

/** `since` is the start of the range, if this is its end. */
function cover(moment: Moment, here: Here, place: WallZone, since: number | null, at: number): Covered {
  const instant = (t: number): Covered => ({ from: t, to: t, place })
  if (moment.kind === 'exact') return instant(moment.t)
  if (moment.kind === 'ago') return instant(here.now - moment.ms)
  const { day, clock } = moment
  if (day === null) {
    const near = atClock(startOfDay(since ?? here.now, place), clock!, place)
    if (since !== null) return instant(near > since ? near : addDays(near, 1, place))
    return instant(near <= here.now ? near : addDays(near, -1, place))
  }
  const start = startOf(day, here, place, since, at)
  if (clock !== null) {
    if (day.kind === 'month') throw wrong('A month has no time of day; expected a day such as 12 Aug', at)
    return instant(atClock(start, clock, place))
  }
  return { from: start, to: day.kind === 'month' ? addMonths(start, 1, place) : addDays(start, 1, place), place }
}

function placeWritten(moment: Moment): WallZone | null {
  return moment.kind === 'wall' ? moment.place : null
}

function fixed(from: number, to: number | null, at: number): AskedRange {
  if (from < 0) throw wrong('The range begins before 1970; expected a later time', 0)
  if (to !== null && from >= to) throw wrong('The range ends before it begins; expected an end after its beginning', at)
  return { kind: 'fixed', from, to }
}

function duration({ text, at }: Part): number {
  const ms = parseDuration(text)
  if (ms !== null && ms <= LONGEST) return ms
  throw wrong(`${text || 'Nothing'} is no duration; expected one such as 90m, 6h or 2 days, at most ten years`, at)
}

function last(part: Part): AskedRange {
  const ms = duration(part)
  if (ms % MINUTE === 0) return { kind: 'last', ms }
  throw wrong(`${part.text} is not a whole number of minutes; expected one such as 15m or 6h`, part.at)
}

function between(start: Part, end: Part, here: Here): AskedRange {
  if (start.text === '') throw wrong('The beginning is missing; expected a time before the ..', start.at)
  const first = readMoment(start.text, start.at)
  const length = parseDuration(end.text.replace(/^\+\s*/, ''))
  const second = length !== null || end.text === '' ? null : readMoment(end.text, end.at)
  // A zone that is written once, at either end, applies to both.
  const outer = second && placeWritten(second)
  const place = placeWritten(first) ?? outer ?? here.zone
  const from = cover(first, here, place, null, start.at).from
  if (length !== null) return fixed(from, from + duration({ ...end, text: end.text.replace(/^\+\s*/, '') }), end.at)
  if (second === null || (second.kind === 'ago' && second.ms === 0)) return fixed(from, null, end.at)
  return fixed(from, cover(second, here, outer ?? place, from, end.at).to, end.at)
}

function alone(part: Part, here: Here): AskedRange {
  const moment = readMoment(part.text, part.at)
  const { from, to } = cover(moment, here, placeWritten(moment) ?? here.zone, null, part.at)
  if (from < to) return fixed(from, to, part.at)
  throw wrong(`The end is missing; expected .. and an end, or + and a duration, after ${part.text}`, part.at + part.text.length)
}

function around(middle: Part, reach: Part, here: Here): AskedRange {
  const moment = readMoment(middle.text, middle.at)
  const { from, to } = cover(moment, here, placeWritten(moment) ?? here.zone, null, middle.at)
  const ms = duration(reach)
  return fixed(Math.max(0, from - ms), to + ms, reach.at)
}

function split(text: string, by: RegExp, offset: number): [Part, Part] | null {
  const found = by.exec(text)
  if (!found) return null
  const end = found.index + found[0].length
  return [
    { text: text.slice(0, found.index), at: offset },
    { text: text.slice(end), at: offset + end },
  ]
}

/**
 * Parses a range on one line: `yesterday 14:00..16:00`, `last 6h`, `90m`, `12 Aug`, `12 Aug 14:00..15:00`, `14:00 ± 10m`, `2024-08-12T16:57:46Z + 5m`,
 * `1723481866..1723481966`, `2h ago..now`, `newest`. A day or month as an end means all of it; without a year, it is the latest one that has begun; times
 * without a zone are in `zone`, and a zone at one end applies to both.
 * @throws Problem `ask` with the position and the expected text
 */
export function parseRange(typed: string, here: Here): AskedRange {
  const text = typed.trim()
  const at = typed.length - typed.trimStart().length
  if (text === '') throw wrong('Range is missing; expected a range such as last 6h or yesterday 14:00..16:00', 0)
  if (/^(newest|latest)(\s+24\s*h)?$/i.test(text)) return { kind: 'newest' }
  const ago = /^(?:(?:last|past)\s+|[-−]\s*)(?=\S)/i.exec(text)?.[0]
  if (ago !== undefined) return last({ text: text.slice(ago.length), at: at + ago.length })
  if (parseDuration(text) !== null) return last({ text, at })
  const symmetric = split(text, AROUND, at)
  if (symmetric) return around(...symmetric, here)
  const ends = split(text, BETWEEN, at) ?? split(text, PLUS, at)
  return ends ? between(...ends, here) : alone({ text, at }, here)
}
