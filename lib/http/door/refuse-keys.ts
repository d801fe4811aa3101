import { Problem } from '@/lib/flow/problem'

/** For routes that are not about a view. @throws Problem `ask` that names the first unknown key. */
export function refuseKeys(params: URLSearchParams, known: readonly string[] = []): void {
  const takes = known.length === 0 ? 'this route takes none' : `expected ${known.join(', ')}`
  for (const key of params.keys()) if (!known.includes(key)) throw new Problem('ask', `Key ${key} is unknown here: ${takes}`, { key })
}
