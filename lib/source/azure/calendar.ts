import { DAY } from '@/lib/flow/time/bucket'
import { parsePath } from '@/lib/source/model/path'
import { together } from '@/lib/source/wait/together'
import type { AzureLister, ListedBlob } from './list'

/** The days of one base (text before `y=`) with their prefixes as spelled in storage, and the blobs in it whose path has no date. */
export interface Calendar {
  /** Prefixes by the start of their day, epoch milliseconds. */
  days: Map<number, Set<string>>
  /** Prefixes by the start of their hour, or null if the base has too many blobs to list them all. */
  hours: Map<number, Set<string>> | null
  undated: ListedBlob[]
}

const LEVELS = [/(?:^|\/)y=\d{4}\/$/i, /\/m=\d{1,2}\/$/i, /\/d=\d{1,2}\/$/i]
const SPELLED = /^((?:.*\/)?y=\d{4}\/m=\d{1,2}\/d=\d{1,2}\/)(h=\d{1,2}\/)/is

/**
 * Reads the calendar of a base from the first page of its blobs if that holds all of them, else from its year, month and day folders. In the second case it
 * lacks blobs directly below a day; a listing of that day shows them.
 */
export async function calendarOf(lister: AzureLister, base: string, signal: AbortSignal): Promise<Calendar> {
  const { items, isAll } = await lister.page(base, signal)
  if (!isAll) return walk(lister, base, signal)
  const calendar: Calendar = { days: new Map(), hours: new Map(), undated: [] }
  for (const item of items) {
    const hour = parsePath(item.name)?.hour
    const [, day = '', rest = ''] = SPELLED.exec(item.name) ?? []
    if (hour === undefined) calendar.undated.push(item)
    else {
      add(calendar.days, hour - (hour % DAY), day)
      add(calendar.hours!, hour, day + rest)
    }
  }
  return calendar
}

async function walk(lister: AzureLister, base: string, signal: AbortSignal): Promise<Calendar> {
  const calendar: Calendar = { days: new Map(), hours: null, undated: [] }
  let level = [base]
  for (const pattern of LEVELS) {
    const pages = await together(
      signal,
      level.map((prefix) => (shared: AbortSignal) => lister.below(prefix, shared)),
    )
    // Blobs outside `y=` folders are known from the walk that found the base.
    if (pattern !== LEVELS[0]) {
      calendar.undated.push(...pages.flatMap(({ items }) => items))
      const others = pages.flatMap(({ prefixes }) => prefixes.filter((prefix) => !pattern.test(prefix)))
      const found = await together(
        signal,
        others.map((prefix) => (shared: AbortSignal) => lister.all(prefix, shared)),
      )
      calendar.undated.push(...found.flat())
    }
    level = pages.flatMap(({ prefixes }) => prefixes.filter((prefix) => pattern.test(prefix)))
  }
  for (const prefix of level) {
    const day = parsePath(`${prefix}h=00/x`)?.hour
    if (day !== undefined) add(calendar.days, day, prefix)
  }
  return calendar
}

/** Returns the hour prefixes of one day as spelled in storage. */
export async function hoursBelow(lister: AzureLister, day: string, signal: AbortSignal): Promise<Map<number, Set<string>>> {
  const hours = new Map<number, Set<string>>()
  for (const prefix of (await lister.below(day, signal)).prefixes) {
    const hour = parsePath(`${prefix}x`)?.hour
    if (hour !== undefined) add(hours, hour, prefix)
  }
  return hours
}

function add(map: Map<number, Set<string>>, key: number, prefix: string): void {
  const known = map.get(key)
  if (known) known.add(prefix)
  else map.set(key, new Set([prefix]))
}
