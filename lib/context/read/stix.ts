import { readSpan } from './bounds'
import { EntryRefusals, type FoundSet, foundSet, RangeCollector } from './found'
import { lineOf } from './text'

type Fields = Readonly<Record<string, unknown>>

export function isStix(value: unknown): value is { objects: unknown[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'objects' in value &&
    Array.isArray(value.objects) &&
    (('type' in value && value.type === 'bundle') || value.objects.some((one: unknown) => (one as Fields | null)?.type === 'indicator'))
  )
}

/** Matches `ipv4-addr:value = '…'`, `isSubsetOf '…'` or `IN ('…', '…')`, the comparisons of STIX 2.1 section 9; the text may contain escaped quotes. */
const COMPARISON =
  /^\s*ipv[46]-addr:value\s*(?:=\s*'((?:[^'\\]|\\.)*)'|ISSUBSET\s*'((?:[^'\\]|\\.)*)'|isSubsetOf\s*'((?:[^'\\]|\\.)*)'|IN\s*\(((?:\s*'(?:[^'\\]|\\.)*'\s*,?)+)\))\s*/i

/**
 * Returns the addresses of a pattern that matches any of several addresses and nothing else. Null for any other pattern: one with AND or FOLLOWEDBY, or with
 * other objects, does not apply to an address alone.
 */
function addressesOf(pattern: string): string[] | null {
  const found: string[] = []
  let rest = pattern.trim()
  while (rest !== '') {
    const open = /^[[(\s]+/.exec(rest)
    if (open) rest = rest.slice(open[0].length)
    const comparison = COMPARISON.exec(rest)
    if (!comparison) return null
    const [whole, equal, subset, within, several] = comparison
    const one = equal ?? subset ?? within
    if (one !== undefined) found.push(one)
    else for (const [, text = ''] of (several ?? '').matchAll(/'((?:[^'\\]|\\.)*)'/g)) found.push(text)
    rest = rest.slice(whole.length).replace(/^[\])\s]+/, '')
    if (rest === '') break
    const or = /^OR\b/i.exec(rest)
    if (!or) return null
    rest = rest.slice(or[0].length)
    if (rest.trim() === '') return null
  }
  return found.length === 0 ? null : found
}

function untilOf(indicator: Fields): number | null | undefined {
  if (indicator.valid_until === undefined || indicator.valid_until === null) return null
  const until = typeof indicator.valid_until === 'string' ? Date.parse(indicator.valid_until) : Number.NaN
  return Number.isNaN(until) ? undefined : until
}

/**
 * Reads the indicators of a STIX 2.1 bundle. Each applies until its `valid_until`, but also before its `valid_from`: the traffic to find may be older than its
 * report.
 */
export function readStix({ objects }: { objects: unknown[] }, text: string, name: string): FoundSet {
  const [ranges, refusals] = [new RangeCollector(), new EntryRefusals()]
  for (const one of objects) {
    const indicator = (one ?? {}) as Fields
    if (indicator.type !== 'indicator') continue
    const pattern = typeof indicator.pattern === 'string' ? indicator.pattern : ''
    const line = () => lineOf(text, JSON.stringify(pattern))
    const until = untilOf(indicator)
    const addresses = addressesOf(pattern)
    if (indicator.revoked === true) refusals.add('a revoked indicator', line(), pattern)
    else if (until === undefined) refusals.add('valid_until is no instant', line(), String(indicator.valid_until))
    else if (addresses === null) refusals.add('a pattern of other things than addresses', line(), pattern)
    else
      for (const address of addresses) {
        const span = readSpan(address)
        if (span) ranges.add(span.first, span.last, name, until)
        else refusals.add('no address or prefix', line(), address)
      }
  }
  return foundSet('list', name, 'STIX bundle', { entries: ranges.count, refused: refusals.all, table: ranges.table() })
}
