import { Problem } from '@/lib/flow/problem'

/** The longest value of ours, in characters. A browser keeps 4096 bytes of a cookie. */
const LONGEST = 3_800

/**
 * The value of one cookie, or null. A cookie that is there twice was put there by another host of the same domain: which one is ours
 * cannot be told. @throws Problem `signin` for such a one, and for one too long to be ours.
 */
export function readCookie(request: Request, name: string): string | null {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim())
  const values = pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1))
  if (values.length > 1) throw new Problem('signin', 'Session cookie is there twice: sign in again')
  if ((values[0]?.length ?? 0) > LONGEST) throw new Problem('signin', 'Session cookie is too long to be ours: sign in again')
  return values[0] || null
}

/** With https the name is bound to the host by its prefix (RFC 6265bis, 4.1.3.2). */
export function cookieName(name: 'session' | 'sign-in', publicUrl: string): string {
  return `${publicUrl.startsWith('https:') ? '__Host-' : ''}flowlens-${name}`
}

/** A Set-Cookie value; `seconds` 0 removes the cookie. */
export function writeCookie(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${name.startsWith('__Host-') ? '; Secure' : ''}`
}
