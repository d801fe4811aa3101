/** True if the page of the navigation at `path` is open, or a page below it. */
export function isHere(path: string, at: string): boolean {
  return at === path || (path === '/investigations' && at.startsWith('/i/'))
}
