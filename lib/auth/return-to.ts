/**
 * The path to return to after sign-in: one of this app's paths, or the start page for anything else. Browsers read a backslash as a slash, drop tabs
 * and line feeds, and treat `//host` as another host.
 */
export function safeReturn(wished: string | null, publicUrl: string): string {
  if (wished === null || wished.length > 4096 || !/^\/(?![/\\])/.test(wished) || /[\u0000-\u001f\u007f\\]/.test(wished)) return '/'
  const url = URL.canParse(wished, publicUrl) ? new URL(wished, publicUrl) : null
  if (url === null || url.origin !== publicUrl || /^\/(\/|api(\/|$))/.test(url.pathname)) return '/'
  return url.pathname + url.search + url.hash
}
