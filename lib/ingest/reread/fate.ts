import { createHash } from 'node:crypto'
import type { Fate } from '@/lib/flow/field/verdict'
import type { BlobState } from '@/lib/flow/reading/blob'
import type { Piece } from '@/lib/flow/reading/piece'
import type { Reading } from '@/lib/source/model/source'

/** Maximum number of bytes to read to find out whether a blob has grown or was replaced. */
const MOST = 64 * 1024 * 1024

/** Returns, for each piece, whether the blob still holds the counted bytes. */
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

/** Determines the fate of a blob's counted bytes from its ETag, its length, its block list and, if these cannot tell, the bytes themselves. */
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
