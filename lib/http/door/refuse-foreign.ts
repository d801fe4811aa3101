import { Problem } from '@/lib/flow/problem'
import { hostOf } from './refuse-host'

function refused(what: string): Problem {
  return new Problem('denied', `Request comes from a page of another site, which may not ${what} here`)
}

function isOurs(origin: string, request: Request, publicUrl: string | null): boolean {
  if (!URL.canParse(origin)) return false
  return new URL(origin).origin === publicUrl || new URL(origin).host === hostOf(request)
}

/**
 * Refuses requests from other sites' pages, as browsers report them (Fetch Metadata, w3.org/TR/fetch-metadata, and Origin). Other sites may link to
 * pages and GET routes, but neither embed nor fetch them. Clients that are not browsers send neither header. `Origin: null` is never ours.
 * @throws Problem `denied`
 */
export function refuseForeign(request: Request, { publicUrl, changes }: { publicUrl: string | null; changes: boolean }): void {
  const site = request.headers.get('sec-fetch-site')
  const near = site === null || site === 'same-origin' || site === 'none'
  if (!changes) {
    const link = request.headers.get('sec-fetch-mode') === 'navigate' && request.headers.get('sec-fetch-dest') === 'document'
    if (!near && !link) throw refused('read anything')
    return
  }
  const origin = request.headers.get('origin')
  if (!near || (origin !== null && !isOurs(origin, request, publicUrl))) throw refused('change anything')
}
