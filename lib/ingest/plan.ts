import type { Blob, BlobState } from '@/lib/flow/blob'
import { floorTo, HOUR } from '@/lib/flow/bucket'
import { FLUSH_LAG } from '@/lib/flow/view'

/** Azure writes into an hour's blob until shortly after the hour; until then, and some minutes more, it may grow. Milliseconds. */
const CLOSES_AFTER = 10 * 60_000
/** A head is read in whole ranges of this many bytes. */
const HEAD_BYTES = 4 * 1024 * 1024

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

/** Bytes of the blob that the need is about: all of it, or what is known or expected of its head. */
export function bytesOf(need: Need, state: BlobState | undefined, met: boolean): number {
  if (need.until === null) return need.blob.length
  if (met && state !== undefined) return Math.min(state.resume, need.blob.length)
  return Math.min(need.blob.length, HEAD_BYTES)
}
