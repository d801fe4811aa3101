import { Problem } from '@/lib/flow/problem'
import { MINUTE } from '@/lib/flow/time/bucket'
import { isDay, type WallZone } from './calendar'
import { parseDuration } from './duration'

/** A day as written, before it is resolved. */
export type WrittenDay =
  | { kind: 'date'; year: number | null; month: number; day: number }
  | { kind: 'month'; year: number | null; month: number }
  /** `back` days before today. */
  | { kind: 'back'; days: number }
  /** 0 is Sunday. */
  | { kind: 'weekday'; weekday: number }

export interface Clock {
  hour: number
  minute: number
  second: number
  ms: number
}

/** One end of a range as written. */
export type Moment =
  | { kind: 'exact'; t: number }
  /** Milliseconds from now, never later. */
  | { kind: 'ago'; ms: number }
  | { kind: 'wall'; day: WrittenDay | null; clock: Clock | null; place: WallZone | null }

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const WEEKDAY = '(sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat)(?:day)?'
const END = '(?![a-z0-9])'

type Read = (found: RegExpExecArray) => WrittenDay | null

function dated(year: string | undefined, month: number, day: string): WrittenDay | null {
  // A day without a year may be 29 February.
  if (!isDay(year === undefined ? 2000 : Number(year), month, Number(day))) return null
  return { kind: 'date', year: year === undefined ? null : Number(year), month, day: Number(day) }
}

const monthOf = (word: string) => MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1

const DAYS: readonly [RegExp, Read][] = [
  [/^(\d{4})-(\d\d)-(\d\d)(?!\d)/, ([, year, month, day]) => dated(year, Number(month), day!)],
  [
    new RegExp(`^(\\d{4})-(\\d\\d)${END}`),
    ([, year, month]) => (Number(month) >= 1 && Number(month) <= 12 ? { kind: 'month', year: Number(year), month: Number(month) } : null),
  ],
  [
    new RegExp(`^(\\d{1,2})\\s+${MONTH}(?:,?\\s+(\\d{4})(?![\\d:]))?${END}`, 'i'),
    ([, day, month, year]) => dated(year, monthOf(month!), day!),
  ],
  [
    new RegExp(`^${MONTH}\\s+(\\d{1,2})(?![\\d:])(?:,?\\s+(\\d{4})(?![\\d:]))?${END}`, 'i'),
    ([, month, day, year]) => dated(year, monthOf(month!), day!),
  ],
  [
    new RegExp(`^${MONTH}(?:\\s+(\\d{4}))?${END}`, 'i'),
    ([, month, year]) => ({ kind: 'month', year: year === undefined ? null : Number(year), month: monthOf(month!) }),
  ],
  [new RegExp(`^today${END}`, 'i'), () => ({ kind: 'back', days: 0 })],
  [new RegExp(`^yesterday${END}`, 'i'), () => ({ kind: 'back', days: 1 })],
  [new RegExp(`^this\\s+day\\s+last\\s+week${END}`, 'i'), () => ({ kind: 'back', days: 7 })],
  [new RegExp(`^${WEEKDAY}${END}`, 'i'), ([, name]) => ({ kind: 'weekday', weekday: WEEKDAYS.indexOf(name!.slice(0, 3).toLowerCase()) })],
]

const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,3}))?)?(?:\s*([ap]m)(?![a-z]))?(?![\d:])/i
const HOUR_ONLY = /^(\d{1,2})()()()\s*([ap]m)(?![a-z])/i
const ZONE = /^(?:(z|utc|gmt)?\s*([+\-−])(\d\d):?(\d\d)(?!\d)|(z|utc|gmt|local)(?![a-z0-9]))/i

function clockOf([, hour, minute, second, fraction, half]: RegExpExecArray): Clock | null {
  const written = Number(hour)
  if (half !== undefined && (written < 1 || written > 12)) return null
  const late = half?.toLowerCase() === 'pm' ? 12 : 0
  const clock = {
    hour: half === undefined ? written : (written % 12) + late,
    minute: Number(minute || 0),
    second: Number(second || 0),
    ms: Number((fraction ?? '').padEnd(3, '0')),
  }
  const midnight = clock.hour === 24 && clock.minute === 0 && clock.second === 0 && clock.ms === 0
  return (clock.hour < 24 || midnight) && clock.minute < 60 && clock.second < 60 ? clock : null
}

function placeOf([, , sign, hours, minutes, name]: RegExpExecArray): WallZone | null {
  if (name !== undefined) return name.toLowerCase() === 'local' ? 'local' : 'utc'
  if (Number(hours) > 14 || Number(minutes) > 59) return null
  return (sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes)) * MINUTE
}

function refuse(text: string, at: number, message: string): never {
  const word = /^\S+/.exec(text)?.[0] ?? text
  throw new Problem('ask', `${word || 'Nothing'} ${message}`, { at })
}

const EXPECTED = 'expected a day (today, 12 Aug, 2024-08-12), a time (14:00), epoch seconds, or a time ago (2h ago)'

function exact(text: string): Moment | null {
  if (/^now$/i.test(text)) return { kind: 'ago', ms: 0 }
  const back = /^now\s*[-−]\s*(.+)$/i.exec(text)?.[1] ?? /^(.+?)\s+ago$/i.exec(text)?.[1]
  const ms = back === undefined ? null : parseDuration(back)
  if (ms !== null) return { kind: 'ago', ms }
  if (/^\d{13}$/.test(text)) return { kind: 'exact', t: Number(text) }
  if (/^\d{9,10}(\.\d{1,3})?$/.test(text)) return { kind: 'exact', t: Math.round(Number(text) * 1000) }
  return null
}

/**
 * Reads one end of a range: `2024-08-12T16:57:46Z`, `12 Aug 14:00`, `yesterday`, `14:00 +02:00`, `monday 2pm`, `now-2h`, `2h ago`, epoch seconds or
 * milliseconds. `offset` is the position of `text` in the typed text.
 * @throws Problem `ask` with the position and the expected text
 */
export function readMoment(text: string, offset: number): Moment {
  const whole = exact(text)
  if (whole) return whole
  let rest = text
  const at = () => offset + text.length - rest.length
  function take<T>(pattern: RegExp, read: (found: RegExpExecArray) => T | null, wrong: string): T | null {
    const found = pattern.exec(rest)
    if (!found) return null
    const value = read(found)
    if (value === null) throw new Problem('ask', `${found[0]} ${wrong}`, { at: at() })
    rest = rest.slice(found[0].length).replace(/^(?:T(?=\d)|[\s,]+)/i, '')
    return value
  }
  let day: WrittenDay | null = null
  for (const [pattern, read] of DAYS) day ??= take(pattern, read, 'does not exist; expected a day of the calendar')
  const wrongClock = 'is no time of day; expected one from 00:00 to 24:00'
  const clock = take(CLOCK, clockOf, wrongClock) ?? take(HOUR_ONLY, clockOf, wrongClock)
  day ??= clock && DAYS.reduce<WrittenDay | null>((known, [pattern, read]) => known ?? take(pattern, read, 'does not exist'), null)
  if (day === null && clock === null) refuse(rest, at(), `is no time; ${EXPECTED}`)
  const place = take(ZONE, placeOf, 'is no zone; expected one such as Z or +02:00')
  if (rest !== '') {
    if (clock === null && /^\d/.test(rest)) refuse(rest, at(), 'is no time of day; expected one such as 14:00')
    refuse(
      rest,
      at(),
      `is too much here; expected ${clock === null ? 'a time such as 14:00, ' : ''}a zone such as Z or +02:00, or .. and the end`,
    )
  }
  return { kind: 'wall', day, clock, place }
}
