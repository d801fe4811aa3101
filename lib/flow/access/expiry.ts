import { HOUR } from '@/lib/flow/time/bucket'

/** Milliseconds before its expiry from which a SAS is announced. */
const ANNOUNCED = 72 * HOUR

/** Returns the notice about a SAS that expires at `expires` (epoch milliseconds), or null if that is far away. */
export function expiryNotice(expires: number, now: number): string | null {
  if (expires - now > ANNOUNCED) return null
  const end = `${new Date(expires).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  if (expires <= now) return `SAS ended at ${end}: put a new one into FLOWLENS_SOURCES`
  const hours = Math.floor((expires - now) / HOUR)
  return `SAS ends in ${hours < 1 ? 'less than an hour' : `${hours} h`}, at ${end}`
}
