/** The conjunction of two filters. */
export function both(q: string, term: string): string {
  return q.trim() === '' ? term : `(${q.trim()}) ${term}`
}
