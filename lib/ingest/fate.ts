import { createHash } from 'node:crypto'
import type { BlobState } from '@/lib/flow/blob'
import type { Piece } from '@/lib/flow/piece'
import type { Fate } from '@/lib/flow/verdict'
import type { Reading } from '@/lib/source/source'

/** Bytes that are read only to tell whether a blob has grown or was replaced. */
const MOST = 64 * 1024 * 1024

/** Of each piece, whether the blob still has the bytes that were counted there. */
export async function hashAgain(reading: Reading, pieces: readonly Piece[], signal: AbortSignal): Promise<boolean[]> {
  const same: boolean[] = []
  for (const { from, to, sha256 } of pieces) {
    const hash = createHash('sha256')
    if (to <= reading.length) {
      for await (const chunk of reading.read(from, to, signal)) hash.update(chunk)
    }
    same.push(to <= reading.length && hash.digest('hex') === sha256)
  }
  return same
}

/** What has become of the counted bytes of a blob, by its ETag, its length, its block list and, where these cannot tell, the bytes themselves. */
export async function fateOf(
  reading: Reading,
  state: BlobState,
  pieces: readonly Piece[],
  signal: AbortSignal,
): Promise<Exclude<Fate, 'gone'>> {
  if (reading.etag === state.etag) return 'same'
  if (reading.length < state.resume) return 'replaced'
  if (state.mark !== null && (await reading.continues(state.mark, state.resume, signal))) return 'grown'
  if (state.resume > MOST) return 'changed'
  return (await hashAgain(reading, pieces, signal)).every((same) => same) ? 'grown' : 'replaced'
}
