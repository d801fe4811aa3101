import { type NextRequest, NextResponse } from 'next/server'

/** In development, React's tools evaluate code and Next.js reloads over a socket. */
const DEVELOPING = process.env.NODE_ENV === 'development'

/** A page may run our scripts, show our styles and images, and call this server, and nothing else (w3.org/TR/CSP3). */
function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${DEVELOPING ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    // React writes sizes and positions into the first HTML as attributes; these affect only their own element.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${DEVELOPING ? ' ws:' : ''}`,
    "worker-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * Gives every page a policy with its own nonce, which Next.js puts on its scripts. It does not decide about access: every API route does so itself, and pages
 * contain no data. Headers of the same names sent by a client are overwritten.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))))
  const policy = policyOf(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('cache-control', 'private, no-store')
  if (process.env.FLOWLENS_PUBLIC_URL?.startsWith('https:')) response.headers.set('strict-transport-security', 'max-age=31536000')
  return response
}

export const config = { matcher: '/((?!api/|_next/static/|theme\\.js$|icon\\.svg$).*)' }
