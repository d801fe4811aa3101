const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/

/** Flow logs exist since 2017; a year outside of these is a mistake, which no range may be led astray by. */
const FIRST_YEAR = 2000
const LAST_YEAR = 2099

/** A record's `time`, ISO 8601 with up to nine fractional digits, as epoch milliseconds (finer digits are cut), or null, also where its year is absurd. */
export function parseRecordTime(text: string): number | null {
  const match = ISO.exec(text)
  if (!match) return null
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number]
  const ms = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  const epoch = epochOf(year, month, day, hour, minute, second, ms)
  if (epoch === null) return null
  const zone = Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)
  if (Number(match[9] ?? 0) > 23 || Number(match[10] ?? 0) > 59) return null
  return epoch - (match[8] === '-' ? -zone : zone) * 60_000
}

/** Epoch milliseconds of an instant in UTC, or null where there is no such day or time, or its year is absurd. A part that is no number is -1. */
export function epochOf(year: number, month: number, day: number, hour: number, minute: number, second: number, ms: number): number | null {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return null
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || ms < 0) return null
  return Date.UTC(year, month - 1, day, hour, minute, second, ms)
}

/** Every fourth of these years has a leap day. */
function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
