/** Link keys to set; null removes a key, an array writes it once per element. */
export type Patch = Readonly<Record<string, string | readonly string[] | null>>

/** Keys that a proof depends on. */
const PROVED = ['from', 'to', 'last', 'q', 'log', 'asof']

/** The parameters with some keys replaced, the others in order. Removes the proof if a key that it depends on changes. */
export function patchParams(params: URLSearchParams, patch: Patch): URLSearchParams {
  const next = new URLSearchParams(params)
  if (PROVED.some((key) => key in patch)) next.delete('proof')
  for (const [key, value] of Object.entries(patch)) {
    next.delete(key)
    if (value === null) continue
    for (const one of typeof value === 'string' ? [value] : value) next.append(key, one)
  }
  return next
}

const READABLE: Readonly<Record<string, string>> = { '%3A': ':', '%2C': ',', '%2F': '/', '%5B': '[', '%5D': ']', '%3E': '>', '%2A': '*' }

/** A path with its query, leaving the marks of the filter language readable. */
export function toHref(path: string, params: URLSearchParams): string {
  const text = params.toString().replace(/%(?:3A|2C|2F|5B|5D|3E|2A)/g, (code) => READABLE[code]!)
  return text === '' ? path : `${path}?${text}`
}
