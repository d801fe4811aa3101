import { Problem } from '@/lib/flow/problem'

/** For routes that take no keys. @throws Problem `ask` that names the first one. */
export function refuseKeys(params: URLSearchParams): void {
  for (const key of params.keys()) throw new Problem('ask', `Key ${key} is unknown here: this route takes none`, { key })
}
