import 'server-only'
import { settings } from '@/lib/http/server/settings'
import { hostOf } from './refuse-host'

/** The address at which people reach this instance: FLOWLENS_PUBLIC_URL, else the request's host, which has been checked. */
export function originOf(request: Request): string {
  return settings().publicUrl ?? `http://${hostOf(request)}`
}
