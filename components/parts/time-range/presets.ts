import type { Zone } from '@/components/parts/format/time'
import { DAY, HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { writeDuration } from '@/lib/flow/time/duration'
import type { AskedRange } from '@/lib/flow/view/view'
import { addDays, startOfDay } from './calendar'

export interface Preset {
  /** Label of its button. */
  label: string
  /** Its full name. */
  name: string
  range: AskedRange
}

const LENGTHS = [5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY]

/** Ranges that end now. */
export const ENDING_NOW: readonly Preset[] = LENGTHS.map((ms) => ({
  label: writeDuration(ms),
  name: `Last ${writeDuration(ms)}`,
  range: { kind: 'last', ms },
}))

/** Days of the zone's calendar, and the latest data. */
export function dayPresets(now: number, zone: Zone): readonly Preset[] {
  const today = startOfDay(now, zone)
  const day = (name: string, back: number): Preset => ({
    label: name,
    name,
    range: { kind: 'fixed', from: addDays(today, -back, zone), to: addDays(today, 1 - back, zone) },
  })
  return [
    { label: 'Latest 24 h of data', name: 'Latest 24 h of data', range: { kind: 'newest' } },
    { label: 'Today', name: 'Today', range: { kind: 'fixed', from: today, to: null } },
    day('Yesterday', 1),
    day('This day last week', 7),
  ]
}

export function isSameRange(a: AskedRange, b: AskedRange): boolean {
  if (a.kind === 'fixed' && b.kind === 'fixed') return a.from === b.from && a.to === b.to
  if (a.kind === 'last' && b.kind === 'last') return a.ms === b.ms
  return a.kind === 'newest' && b.kind === 'newest'
}

/** The name of a range that is not fixed, or null. */
export function presetName(range: AskedRange): string | null {
  if (range.kind === 'newest') return 'latest 24 h'
  if (range.kind === 'last') return `last ${writeDuration(range.ms)}`
  return range.to === null ? 'until now' : null
}
