import { Problem } from '@/lib/flow/problem'
import { parseDuration } from '@/lib/flow/time/duration'

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?Z)?$/

/** Epoch milliseconds of an ISO 8601 UTC instant such as `2024-08-12T16:57:46Z`, of a millisecond, or of a date. @throws Problem `ask` */
export function readInstant(text: string): number {
  const found = INSTANT.exec(text)
  if (!found)
    throw new Problem('ask', `${text || 'Nothing'} is no instant; expected one in UTC such as 2024-08-12T16:57:46Z, or a date`, { at: 0 })
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const t = Date.UTC(year, month - 1, day, hour, minute, second) + Number((found[7] ?? '').padEnd(3, '0'))
  if (t < 0 || new Date(t).toISOString().slice(0, 19) !== `${text.slice(0, 10)}T${found[4] ? text.slice(11, 19) : '00:00:00'}`)
    throw new Problem('ask', `${text} does not exist; expected an instant of the calendar, from 1970 on`, { at: 0 })
  return t
}

/** ISO 8601 UTC with `Z`; milliseconds only if not zero. */
export function writeInstant(t: number): string {
  return new Date(t).toISOString().replace('.000Z', 'Z')
}

/** `15m`, `6h`, `24h`, `7d`, `2w` in milliseconds. @throws Problem `ask` */
export function readDuration(text: string): number {
  const ms = parseDuration(text)
  if (ms !== null) return ms
  throw new Problem('ask', `${text || 'Nothing'} is no duration; expected one such as 15m, 6h, 24h, 7d or 2w, at most ten years`, { at: 0 })
}
