/** Filters kept at most. */
const LENGTH = 40
const KEY = 'filters'

/** The filters that were typed with one more, the newest first, each once. */
export function withFilter(filters: readonly string[], filter: string): string[] {
  return [filter, ...filters.filter((other) => other !== filter)].slice(0, LENGTH)
}

/** What storage holds as filters; anything else counts as none. */
export function readFilters(stored: string | null): string[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(value) ? value.filter((filter) => typeof filter === 'string') : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

/** Filters typed in this browser, the newest first. Where storage is forbidden there are none. */
export function readHistory(): string[] {
  try {
    return readFilters(localStorage.getItem(KEY))
  } catch {
    return []
  }
}

/** Keeps a filter for this browser, as far as storage is allowed. */
export function rememberFilter(filter: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(withFilter(readHistory(), filter)))
  } catch {
    // Storage is forbidden or full: the filter is then in the link alone.
  }
}

export function forgetHistory(): void {
  try {
    localStorage.removeItem(KEY)
  } catch {
    // Storage is forbidden: there is nothing to forget.
  }
}
