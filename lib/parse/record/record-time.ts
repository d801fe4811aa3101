const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/

/** Flow logs exist since 2017. A year outside these limits is a mistake that must not affect a range. */
const FIRST_YEAR = 2000
const LAST_YEAR = 2099
/** Beginning of the first year, epoch milliseconds. */
const EPOCH = Date.UTC(FIRST_YEAR)
/** Days of a year without a leap day before each month. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

/**
 * Parses a record's `time`, ISO 8601 with up to nine fractional digits, to epoch milliseconds (finer digits are cut). Null for any other text, and outside the
 * years 2000 to 2099.
 */
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

/**
 * Returns the epoch milliseconds of an instant in UTC, or null if the date or time does not exist or the year is out of bounds. A part that is not a number is
 * -1.
 */
export function epochOf(year: number, month: number, day: number, hour: number, minute: number, second: number, ms: number): number | null {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return null
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || ms < 0) return null
  const leaps = (year - FIRST_YEAR + (month > 2 ? 4 : 3)) >> 2
  const days = (year - FIRST_YEAR) * 365 + leaps + DAYS_BEFORE[month - 1]! + day - 1
  return EPOCH + (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + ms
}

/** In these years, every fourth has a leap day. */
function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
