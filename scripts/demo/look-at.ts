import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { INCIDENT } from './traffic/incident'

/** Returns three hints about the data, each with a link that keeps its time range. */
export function lookAt(address: string, now: number): string[] {
  const link = (page: string, from: number, to: number, q: string) => {
    const iso = (time: number) => new Date(time).toISOString().replace('.000Z', 'Z')
    return `${address}${page}?from=${iso(from)}&to=${iso(to)}&q=${encodeURIComponent(q).replaceAll('%3A', ':').replaceAll('%20', '+')}`
  }
  const at = INCIDENT.at(now)
  const minute = (time: number) => Math.floor(time / MINUTE) * MINUTE
  const knocking = link('/', minute(at.knocking) - HOUR, minute(at.logon) + HOUR, `src:${INCIDENT.intruder}`)
  const beacon = link('/', minute(at.beacon) - HOUR, now, `src:${INCIDENT.jump} dst:${INCIDENT.beacon}`)
  const upload = link('/explorer', minute(at.upload), minute(at.logoff), `src:${INCIDENT.jump} dst:${INCIDENT.drop}`)
  return [
    `One address is denied for eleven hours, then a rule allows it:\n    ${knocking}`,
    `The jump host starts to call a new address every five minutes:\n    ${beacon}`,
    `It sends out 4.6 GB within an hour:\n    ${upload}`,
  ]
}
