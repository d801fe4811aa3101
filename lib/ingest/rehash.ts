import { createHash, type Hash } from 'node:crypto'
import type { BlobState } from '@/lib/flow/blob'
import type { Piece } from '@/lib/flow/piece'
import { Problem } from '@/lib/flow/problem'
import type { Reading, Source } from '@/lib/source/source'

/** A blob that is being written to changes under the reader; it is opened again so many times. */
const OPENINGS = 5

export interface Rehash {
  /** Of bytes [0, resume) as they are now, or null where there are not so many any more. */
  sha256: string | null
  now: 'same' | 'grown' | 'changed' | 'gone'
}

/** Feeds a chunk that begins at `at` to the hash of each piece that it touches. */
function feed(hashes: readonly { piece: Piece; hash: Hash }[], chunk: Uint8Array, at: number): void {
  for (const { piece, hash } of hashes) {
    const from = Math.max(piece.from - at, 0)
    const to = Math.min(piece.to - at, chunk.length)
    if (from < to) hash.update(chunk.subarray(from, to))
  }
}

async function readAgain(reading: Reading, state: BlobState, pieces: readonly Piece[], signal: AbortSignal): Promise<Rehash> {
  if (reading.length < state.resume) return { sha256: null, now: 'changed' }
  const whole = createHash('sha256')
  const hashes = pieces.map((piece) => ({ piece, hash: createHash('sha256') }))
  let at = 0
  for await (const chunk of reading.read(0, state.resume, signal)) {
    whole.update(chunk)
    feed(hashes, chunk, at)
    at += chunk.length
  }
  const same = hashes.every(({ piece, hash }) => hash.digest('hex') === piece.sha256)
  return { sha256: whole.digest('hex'), now: !same ? 'changed' : reading.length > state.length ? 'grown' : 'same' }
}

/**
 * Reads bytes [0, resume) of a blob again from its newest version and holds them against the pieces that were counted.
 * @throws Problem of the source, but for a blob that is not there.
 */
export async function rehash(sources: readonly Source[], state: BlobState, pieces: readonly Piece[], signal: AbortSignal): Promise<Rehash> {
  const source = sources.find(({ id }) => id === state.source)
  if (!source) throw new Problem('absent', `${state.name}: its source is not configured any more`, { where: state.name })
  for (let opening = 1; ; opening++) {
    try {
      return await readAgain(await source.open(state, { growing: false, signal }), state, pieces, signal)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.kind === 'absent') return { sha256: null, now: 'gone' }
      if (error.kind !== 'changed' || opening === OPENINGS) throw error
    }
  }
}
