import 'server-only'
import { hostOf } from './refuse-host'
import { settings } from './settings'

/** Where people find this instance: FLOWLENS_PUBLIC_URL, else the host that they asked by, which the door has let in. */
export function originOf(request: Request): string {
  return settings().publicUrl ?? `http://${hostOf(request)}`
}
