/** Matches parts of a path that stand for another path (`..`) or another separator, plain or escaped. Our routes have none. */
const ODD = /\/\/|\\|%2f|%5c|(?:\/|^)(?:\.|%2e){1,2}(?:\/|$)/i
/** Methods that routes, and that pages and files, may be requested with. Next.js answers some others with 500, or never. */
const METHODS = { api: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'], page: ['GET', 'HEAD'] } as const

/** Returns the path of a request target, without its query. */
export function pathOf(target: string): string {
  return target.split(/[?#]/, 1)[0]!
}

function isText(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0')
  } catch {
    return false
  }
}

/** Tells whether a path is in its plain form. */
export function isPlain(path: string): boolean {
  return path.startsWith('/') && !ODD.test(path) && isText(path)
}

/** Returns the methods that a path allows if `method` is not among them, else null. */
export function otherMethods(method: string, path: string): readonly string[] | null {
  const known: readonly string[] = METHODS[path.startsWith('/api/') ? 'api' : 'page']
  return known.includes(method) ? null : known
}
