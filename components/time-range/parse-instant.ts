import type { Zone } from '@/components/format/time'

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)?\s*(Z|UTC|[+\-−]\d\d:\d\d)?$/i

/**
 * A time as typed, as epoch milliseconds, or null when it is none: `2024-08-12`, `2024-08-12 16:57`, `2024-08-12T16:57:46.5Z`,
 * `… +02:00`. Without a zone it is read in the zone of the page.
 */
export function parseInstant(text: string, zone: Zone): number | null {
  const match = SHAPE.exec(text.trim())
  if (!match) return null
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0', written] = match
  const clock = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0')}`
  const utc = Date.parse(`${clock}Z`)
  if (Number.isNaN(utc) || new Date(utc).toISOString() !== `${clock}Z`) return null
  if (written === undefined) return zone === 'utc' ? utc : new Date(clock).getTime()
  if (/^(Z|UTC)$/i.test(written)) return utc
  const t = Date.parse(`${clock}${written.replace('−', '-')}`)
  return Number.isNaN(t) ? null : t
}
