import { HOUR } from '@/lib/flow/time/bucket'

/** The facts in the name of an hour's blob. */
export interface HourPath {
  /** Everything before `/y=`; empty when the name begins with it. */
  scope: string
  /** Start of the hour, epoch milliseconds. */
  hour: number
  /** Twelve upper-case hex digits, or null: blobs from before February 2018 have no such segment. */
  mac: string | null
}

const HOUR_BLOB =
  /^(?:(.*)\/)?y=(\d{4})\/m=(\d{1,2})\/d=(\d{1,2})\/h=(\d{1,2})\/(?:m=\d{1,2}\/)?(?:macAddress=([^/]+)\/)?(?!m=\d|macAddress=)[^/]+$/is
const RESOURCE = /(?:^|\/)((?:resourceId|flowLogResourceID)=.*)$/is
const two = (n: number) => String(n).padStart(2, '0')

function macOf(text: string | undefined): string | null {
  const digits = text?.replace(/[-:]/g, '').toUpperCase() ?? ''
  return /^[0-9A-F]{12}$/.test(digits) ? digits : null
}

/**
 * Reads `SCOPE/y=YYYY/m=MM/d=DD/h=HH/m=00/macAddress=MAC/PT1H.json` with any layout of SCOPE (learn.microsoft.com/azure/network-watcher/flow-logs-read), and
 * the variants that copying and packing produce: any case, no leading zeros, any name in place of `PT1H.json`. Null for any other name and for dates that do
 * not exist.
 */
export function parsePath(name: string): HourPath | null {
  const match = HOUR_BLOB.exec(name)
  if (match === null) return null
  const [year, month, day, hour] = match.slice(2, 6).map(Number) as [number, number, number, number]
  const time = Date.UTC(year, month - 1, day, hour)
  const date = new Date(time)
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23) return null
  return { scope: match[1] ?? '', hour: time, mac: macOf(match[6]) }
}

/** Returns the name that `parsePath` reads as this hour. */
export function formatPath({ scope, hour, mac }: HourPath): string {
  return `${hourPrefix(scope === '' ? '' : `${scope}/`, hour)}m=00/${mac === null ? '' : `macAddress=${mac}/`}PT1H.json`
}

/** `base` is the text before `y=`: the scope and its slash, or nothing. */
export function dayPrefix(base: string, time: number): string {
  const date = new Date(time)
  const year = String(date.getUTCFullYear()).padStart(4, '0')
  return `${base}y=${year}/m=${two(date.getUTCMonth() + 1)}/d=${two(date.getUTCDate())}/`
}

export function hourPrefix(base: string, time: number): string {
  return `${dayPrefix(base, time)}h=${two(Math.floor(time / HOUR) % 24)}/`
}

/** Returns the scope from its `resourceId=` or `flowLogResourceID=` segment on, so that copies of one log agree wherever their root is. */
export function resourceScope(scope: string): string {
  return RESOURCE.exec(scope)?.[1] ?? scope
}

export function isJson(name: string): boolean {
  return /\.json$/i.test(name)
}
