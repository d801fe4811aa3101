import { isLoopback } from '@/lib/config/loopback'
import { Problem } from '@/lib/flow/problem'

/** The host that a request was sent to, as its sender wrote it. */
export function hostOf(request: Request): string {
  return request.headers.get('host') ?? new URL(request.url).host
}

/**
 * Another site can have its own name point to this machine (DNS rebinding); its pages are then of our origin, but the host still says whose name was
 * used. Taken are loopback names, the host of FLOWLENS_PUBLIC_URL and, where that is not set, with FLOWLENS_ALLOW_ANONYMOUS=1 all.
 * @throws Problem `denied`
 */
export function refuseHost(request: Request, { publicUrl, allowAnonymous }: { publicUrl: string | null; allowAnonymous: boolean }): void {
  const host = hostOf(request)
  const url = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null
  if (url !== null && url.username === '' && url.pathname === '/' && isLoopback(url.hostname)) return
  if (publicUrl === null ? allowAnonymous && url !== null : host.toLowerCase() === new URL(publicUrl).host) return
  throw new Problem('denied', 'Host is none that this server answers to: set FLOWLENS_PUBLIC_URL to the address that people use')
}
