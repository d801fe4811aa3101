import { Problem } from '@/lib/flow/problem'

/** Longest value that we write, in characters. A browser keeps 4096 bytes of a cookie. */
const LONGEST = 3_800

/**
 * The value of one cookie, or null. If a cookie occurs twice, another host of the same domain set one of them, and we cannot tell which.
 * @throws Problem `signin` for a repeated cookie, and for one that is too long to be ours.
 */
export function readCookie(request: Request, name: string): string | null {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim())
  const values = pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1))
  if (values.length > 1) throw new Problem('signin', 'Session cookie occurs twice: sign in again')
  if ((values[0]?.length ?? 0) > LONGEST) throw new Problem('signin', 'Session cookie is too long: sign in again')
  return values[0] || null
}

/** With https, the prefix binds the name to the host (RFC 6265bis, 4.1.3.2). */
export function cookieName(name: 'session' | 'sign-in', publicUrl: string): string {
  return `${publicUrl.startsWith('https:') ? '__Host-' : ''}flowlens-${name}`
}

/** A Set-Cookie value; `seconds` 0 removes the cookie. */
export function writeCookie(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${name.startsWith('__Host-') ? '; Secure' : ''}`
}
