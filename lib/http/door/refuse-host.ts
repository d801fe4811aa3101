import { isLoopback } from '@/lib/config/loopback'
import { Problem } from '@/lib/flow/problem'

/** The host of a request, as its sender wrote it. */
export function hostOf(request: Request): string {
  return request.headers.get('host') ?? new URL(request.url).host
}

/**
 * Prevents DNS rebinding: another site can point its own name at this machine, and its pages then share our origin, but the host is still that name.
 * Accepted are loopback names, the host of FLOWLENS_PUBLIC_URL and, if that is not set and FLOWLENS_ALLOW_ANONYMOUS=1, every host.
 * @throws Problem `denied`
 */
export function refuseHost(request: Request, { publicUrl, allowAnonymous }: { publicUrl: string | null; allowAnonymous: boolean }): void {
  const host = hostOf(request)
  const url = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null
  if (url !== null && url.username === '' && url.pathname === '/' && isLoopback(url.hostname)) return
  if (publicUrl === null ? allowAnonymous && url !== null : host.toLowerCase() === new URL(publicUrl).host) return
  throw new Problem('denied', 'Host is not one that this server answers to: set FLOWLENS_PUBLIC_URL to the address that people use')
}
