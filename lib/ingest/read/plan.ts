import type { Blob, BlobState } from '@/lib/flow/reading/blob'
import { floorTo, HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { FLUSH_LAG } from '@/lib/flow/view/view'

/** Azure writes to an hour's blob until shortly after the hour; for this long after the hour it may grow. Milliseconds. */
export const CLOSES_AFTER = 10 * 60_000
/** Traffic at the beginning of an hour may be this much denser than in the whole hour before an estimated head turns out to be too short. */
const DENSITY = 1.5
/**
 * A blob of up to this many bytes is read completely even if only its head is needed, because another request for the rest would cost more. It goes to a parse
 * thread in one piece; larger blobs do not, because many are in memory at once.
 */
export const SMALL = 256 * 1024
/** A parse thread itself reads a file of up to this many bytes. */
export const WHOLE = 1024 * 1024
/** If a head turns out to be longer, reading continues in ranges of this many bytes. */
export const HEAD_STEP = 4 * 1024 * 1024

/** One blob that a range needs. Plain data. */
export interface Need {
  blob: Blob
  /** Only records flushed before this instant are needed; null for the whole blob. Epoch milliseconds. */
  until: number | null
}

/** First and last hour (inclusive) whose blobs can hold tuples of [from, to). Epoch milliseconds. */
export function hoursOf(from: number, to: number): { first: number; last: number } {
  return { first: floorTo(from, HOUR), last: floorTo(to - 1 + FLUSH_LAG, HOUR) }
}

/** The listed blobs that [from, to) needs: loose files first, then the newest hours. */
export function needsOf(listed: readonly Blob[], from: number, to: number): Need[] {
  const { first, last } = hoursOf(from, to)
  return listed
    .filter((blob) => blob.hour === null || (blob.hour >= first && blob.hour <= last))
    .map((blob) => ({ blob, until: blob.hour !== null && blob.hour >= to ? to + FLUSH_LAG : null }))
    .sort((a, b) => (b.blob.hour ?? Number.POSITIVE_INFINITY) - (a.blob.hour ?? Number.POSITIVE_INFINITY) || a.blob.id - b.blob.id)
}

/** True if the stored part of a blob covers the need. */
export function isMet(need: Need, state: BlobState | undefined, etag = need.blob.etag): boolean {
  if (state === undefined || state.etag !== etag) return false
  return state.complete || (need.until !== null && state.through !== null && state.through >= need.until)
}

/** Stored blobs of the listed sources and hours that no longer exist. */
export function goneOf(
  known: Iterable<BlobState>,
  listed: readonly Blob[],
  sources: ReadonlySet<string>,
  hours: { first: number; last: number },
): number[] {
  const there = new Set(listed.map((blob) => blob.id))
  const gone: number[] = []
  for (const state of known) {
    const covered = state.hour === null || (state.hour >= hours.first && state.hour <= hours.last)
    if (covered && sources.has(state.source) && !there.has(state.id)) gone.push(state.id)
  }
  return gone
}

/** Returns the stored blobs (Blob.id) of these hours that `listed` lacks because their source is one of those that did not answer. */
export function keptOf(
  known: Iterable<BlobState>,
  listed: readonly Blob[],
  silent: ReadonlySet<string>,
  hours: { first: number; last: number },
): number[] {
  return silent.size === 0 ? [] : goneOf(known, listed, silent, hours)
}

export function mayGrow(blob: Blob, now: number): boolean {
  return (blob.hour ?? blob.modified) + HOUR + CLOSES_AFTER > now
}

/**
 * Number of leading blocks that hold everything flushed before `until`, and one flush after it as proof: the opening block, and at most one block a
 * minute with one to spare, because Azure writes 59 to 62 an hour.
 */
export function headBlocks(until: number, hour: number): number {
  return 1 + Math.ceil((until - hour) / MINUTE) + 2
}

/** Estimated end of the head of a blob of `length` bytes without known blocks, by its share of the hour. */
export function estimateHead({ hour, modified }: Pick<Blob, 'hour' | 'modified'>, until: number, length: number): number {
  if (hour === null) return length
  const written = modified > hour ? Math.min(HOUR, modified - hour) : HOUR
  return Math.min(length, Math.ceil((length * (until - hour + 2 * MINUTE) * DENSITY) / written))
}

/**
 * Bytes [0, n) of the blob that are stored and need not be read again. For a blob that grew, its block list will confirm this; only a replaced blob
 * is read again.
 */
export function bytesHere({ blob }: Need, state: BlobState | undefined): number {
  if (state === undefined) return 0
  if (state.etag === blob.etag) return Math.min(state.resume, blob.length)
  return state.mark !== null && state.resume <= blob.length ? state.resume : 0
}

/**
 * Bytes [0, n) of the blob that the need covers. Exact for a whole blob, for a stored head, and for a head with a known end `head` (its blocks are
 * read completely). Otherwise it is the estimate at which reading starts; reading continues if that was too short.
 */
export function bytesOf(need: Need, state: BlobState | undefined, met: boolean, head: number | null): number {
  const { blob, until } = need
  if (until === null) return blob.length
  if (met && state !== undefined) return Math.min(state.resume, blob.length)
  const here = bytesHere(need, state)
  const end = Math.min(blob.length, head ?? estimateHead(blob, until, blob.length))
  return here < end ? end : Math.min(blob.length, here + HEAD_STEP)
}
