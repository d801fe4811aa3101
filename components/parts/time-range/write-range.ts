import { formatInstant, type Zone } from '@/components/parts/format/time'
import type { AskedRange } from '@/lib/flow/view/view'
import { presetName } from './presets'

/** A range in a form that `parseRange` reads, to the millisecond. */
export function writeRange(range: AskedRange, zone: Zone): string {
  if (range.kind !== 'fixed') return presetName(range)!
  return `${formatInstant(range.from, zone)} .. ${range.to === null ? 'now' : formatInstant(range.to, zone)}`
}
