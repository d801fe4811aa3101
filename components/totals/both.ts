/** The filter that asks for what both ask for. */
export function both(q: string, term: string): string {
  return q.trim() === '' ? term : `(${q.trim()}) ${term}`
}
