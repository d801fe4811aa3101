import { createHash, type Hash } from 'node:crypto'
import { Problem } from '@/lib/flow/problem'
import type { BlobState } from '@/lib/flow/reading/blob'
import type { Piece } from '@/lib/flow/reading/piece'
import type { PackedObject, Reading, Source } from '@/lib/source/model/source'

/** Number of times that a blob is opened again when it changes while it is read. */
const OPENINGS = 5

export interface Rehash {
  /** Hash of bytes [0, resume) now, or null if the blob is shorter. */
  sha256: string | null
  /** The packed object that now holds these bytes, or null if the blob is not packed. */
  stored: PackedObject | null
  now: 'same' | 'grown' | 'changed' | 'gone'
}

/** Feeds a chunk that begins at `at` to the hash of each piece that it overlaps. */
function feed(hashes: readonly { piece: Piece; hash: Hash }[], chunk: Uint8Array, at: number): void {
  for (const { piece, hash } of hashes) {
    const from = Math.max(piece.from - at, 0)
    const to = Math.min(piece.to - at, chunk.length)
    if (from < to) hash.update(chunk.subarray(from, to))
  }
}

async function readAgain(reading: Reading, state: BlobState, pieces: readonly Piece[], signal: AbortSignal): Promise<Rehash> {
  if (reading.length < state.resume) return { sha256: null, stored: null, now: 'changed' }
  const whole = createHash('sha256')
  const hashes = pieces.map((piece) => ({ piece, hash: createHash('sha256') }))
  let at = 0
  for await (const chunk of reading.read(0, state.resume, signal)) {
    whole.update(chunk)
    feed(hashes, chunk, at)
    at += chunk.length
  }
  const same = hashes.every(({ piece, hash }) => hash.digest('hex') === piece.sha256)
  const stored = (await reading.stored?.(signal)) ?? null
  // For a packed object, only the ETag shows that more bytes followed.
  const hasGrown = stored === null ? reading.length > state.length : reading.etag !== state.etag
  return { sha256: whole.digest('hex'), stored, now: !same ? 'changed' : hasGrown ? 'grown' : 'same' }
}

/**
 * Reads bytes [0, resume) of a blob's newest version again and compares them with the counted pieces.
 * @throws Problem of the source, except for a missing blob.
 */
export async function rehash(sources: readonly Source[], state: BlobState, pieces: readonly Piece[], signal: AbortSignal): Promise<Rehash> {
  const source = sources.find(({ id }) => id === state.source)
  if (!source) throw new Problem('absent', `${state.name}: its source is no longer configured`, { where: state.name })
  for (let opening = 1; ; opening++) {
    try {
      return await readAgain(await source.open(state, { growing: false, signal }), state, pieces, signal)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.kind === 'absent') return { sha256: null, stored: null, now: 'gone' }
      if (error.kind !== 'changed' || opening === OPENINGS) throw error
    }
  }
}
