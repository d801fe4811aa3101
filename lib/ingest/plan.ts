import type { Blob, BlobState } from '@/lib/flow/blob'
import { floorTo, HOUR, MINUTE } from '@/lib/flow/bucket'
import { FLUSH_LAG } from '@/lib/flow/view'

/** Azure writes into an hour's blob until shortly after the hour; until then, and some minutes more, it may grow. Milliseconds. */
export const CLOSES_AFTER = 10 * 60_000
/** Traffic in the beginning of an hour may be this much denser than in the whole of it before a head turns out to be longer than estimated. */
const DENSITY = 1.5
/** A blob up to this many bytes is read whole where only its head is needed: another request for the rest would cost more. */
export const SMALL = 256 * 1024
/** A head that turns out to be longer is read on in ranges of this many bytes. */
export const HEAD_STEP = 4 * 1024 * 1024

/** One blob that a range needs. Plain data. */
export interface Need {
  blob: Blob
  /** Only records flushed before this instant (epoch milliseconds) are needed, or null for the whole blob. */
  until: number | null
}

/** Hours (epoch milliseconds, inclusive) whose blobs can hold tuples of [from, to). */
export function hoursOf(from: number, to: number): { first: number; last: number } {
  return { first: floorTo(from, HOUR), last: floorTo(to - 1 + FLUSH_LAG, HOUR) }
}

/** Which of the listed blobs [from, to) needs, newest hour first, loose files before all. */
export function needsOf(listed: readonly Blob[], from: number, to: number): Need[] {
  const { first, last } = hoursOf(from, to)
  return listed
    .filter((blob) => blob.hour === null || (blob.hour >= first && blob.hour <= last))
    .map((blob) => ({ blob, until: blob.hour !== null && blob.hour >= to ? to + FLUSH_LAG : null }))
    .sort((a, b) => (b.blob.hour ?? Number.POSITIVE_INFINITY) - (a.blob.hour ?? Number.POSITIVE_INFINITY) || a.blob.id - b.blob.id)
}

/** Whether what is stored of a blob already covers the need. */
export function isMet(need: Need, state: BlobState | undefined, etag = need.blob.etag): boolean {
  if (state === undefined || state.etag !== etag) return false
  return state.complete || (need.until !== null && state.through !== null && state.through >= need.until)
}

/** Blobs that are remembered for the listed sources and hours but no longer there. */
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

export function mayGrow(blob: Blob, now: number): boolean {
  return (blob.hour ?? blob.modified) + HOUR + CLOSES_AFTER > now
}

/**
 * Leading blocks of a blob that hold everything flushed before `until`, and one flush after it as the proof: the opening block, and at most one a
 * minute with one to spare, since they come 59 to 62 times an hour.
 */
export function headBlocks(until: number, hour: number): number {
  return 1 + Math.ceil((until - hour) / MINUTE) + 2
}

/** Where the head of a blob of `length` bytes probably ends when its blocks are not known: by the share of its hour. */
export function estimateHead({ hour, modified }: Pick<Blob, 'hour' | 'modified'>, until: number, length: number): number {
  if (hour === null) return length
  const written = modified > hour ? Math.min(HOUR, modified - hour) : HOUR
  return Math.min(length, Math.ceil((length * (until - hour + 2 * MINUTE) * DENSITY) / written))
}

/**
 * Bytes [0, n) of the blob that are here and need not be read again. Of a blob that grew this is what its block list will confirm; only one that was
 * replaced instead is read anew.
 */
export function bytesHere({ blob }: Need, state: BlobState | undefined): number {
  if (state === undefined) return 0
  if (state.etag === blob.etag) return Math.min(state.resume, blob.length)
  return state.mark !== null && state.resume <= blob.length ? state.resume : 0
}

/**
 * Bytes [0, n) of the blob that the need is about. Exact for a whole blob, for a head that is here, and for one whose end `head` is known: its blocks
 * are read whole. Otherwise the estimate that the reading starts from; it goes on where that was too short.
 */
export function bytesOf(need: Need, state: BlobState | undefined, met: boolean, head: number | null): number {
  const { blob, until } = need
  if (until === null) return blob.length
  if (met && state !== undefined) return Math.min(state.resume, blob.length)
  const here = bytesHere(need, state)
  const end = Math.min(blob.length, head ?? estimateHead(blob, until, blob.length))
  return here < end ? end : Math.min(blob.length, here + HEAD_STEP)
}
