/** The link that signs in and returns to this page. */
export function signInHref(path: string, search: string): string {
  return `/api/auth/login?${new URLSearchParams({ returnTo: search === '' ? path : `${path}?${search.replace(/^\?/, '')}` })}`
}
