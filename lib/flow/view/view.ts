import { DAY, HOUR, MINUTE } from '../time/bucket'
import type { Filter } from './filter'

/** The requested range: fixed, ending now, or the newest 24 hours that hold data. */
export type AskedRange = { kind: 'fixed'; from: number; to: number | null } | { kind: 'last'; ms: number } | { kind: 'newest' }

/** A View as in a link, before the range is resolved. */
export interface Asked {
  range: AskedRange
  /** The filter as typed. */
  q: string
  filter: Filter | null
  logs: string[]
  /** Epoch milliseconds, or null. */
  asof: number | null
  /** Deduplicates tuples that several observers logged, see lib/query/where/once.ts. */
  once: boolean
}

/** The question: a half-open range [from, to) of epoch milliseconds of the tuples' own time, a filter, logs, and a flush limit. */
export interface View extends Omit<Asked, 'range'> {
  from: number
  to: number
  /** Digest of the saved lists that `q` names, where it names any: in `filter` stand their values. */
  lists?: string
}

/** `newest` is the end (epoch milliseconds) of the newest hour that holds data, or null if none does. */
export function resolveView(asked: Asked, now: number, newest: number | null): View {
  const { range, ...rest } = asked
  if (range.kind === 'fixed') return { ...rest, from: range.from, to: range.to ?? Math.max(now, range.from + 1) }
  if (range.kind === 'last') return { ...rest, from: now - range.ms, to: now }
  const to = newest ?? Math.ceil(now / HOUR) * HOUR
  return { ...rest, from: to - DAY, to }
}

/**
 * A tuple is flushed up to this long after its own time (64 s observed), so a range [from, to) needs the blobs of its hours and, of the hour after, all data
 * flushed before `to + FLUSH_LAG`. Milliseconds.
 */
export const FLUSH_LAG = 10 * MINUTE
