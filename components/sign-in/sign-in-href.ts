/** Where to sign in and come back to this page of ours. */
export function signInHref(path: string, search: string): string {
  return `/api/auth/login?${new URLSearchParams({ returnTo: search === '' ? path : `${path}?${search.replace(/^\?/, '')}` })}`
}
