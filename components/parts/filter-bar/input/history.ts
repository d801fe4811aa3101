/** Maximum number of filters to keep. */
const LENGTH = 40
const KEY = 'filters'

/** The list with one filter added, newest first, without duplicates. */
export function withFilter(filters: readonly string[], filter: string): string[] {
  return [filter, ...filters.filter((other) => other !== filter)].slice(0, LENGTH)
}

/** The filters in storage; anything else counts as none. */
export function readFilters(stored: string | null): string[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(value) ? value.filter((filter) => typeof filter === 'string') : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

/** Filters typed in this browser, newest first; none if storage is forbidden. */
export function readHistory(): string[] {
  try {
    return readFilters(localStorage.getItem(KEY))
  } catch {
    return []
  }
}

/** Keeps a filter in this browser, if storage is allowed. */
export function rememberFilter(filter: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(withFilter(readHistory(), filter)))
  } catch {
    // Storage is forbidden or full: the filter is then only in the link.
  }
}

export function forgetHistory(): void {
  try {
    localStorage.removeItem(KEY)
  } catch {
    // Storage is forbidden: there is nothing to forget.
  }
}
