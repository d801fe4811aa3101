import { Problem } from '@/lib/flow/problem'

/** What other sites' pages may not set off. @throws Problem `denied` when a browser says that the request comes from another origin. */
export function refuseForeign(request: Request): void {
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  const host = request.headers.get('host') ?? new URL(request.url).host
  const other = origin !== null && (!URL.canParse(origin) || new URL(origin).host !== host)
  if (other || (site !== null && site !== 'same-origin' && site !== 'none'))
    throw new Problem('denied', 'Request comes from a page of another site, which may not change anything here')
}
