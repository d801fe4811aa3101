import type { Fate } from '@/lib/flow/field/verdict'
import { Problem } from '@/lib/flow/problem'
import type { BlobState } from '@/lib/flow/reading/blob'
import type { Piece } from '@/lib/flow/reading/piece'
import type { Reading, Source } from '@/lib/source/model/source'
import { Gate } from '@/lib/source/wait/gate'
import { fateOf, hashAgain } from './fate'
import { type LineOffsets, type Reread, reread } from './reread'

/** Number of times that a blob is opened again when it changes while it is read. */
const REOPENS = 5
/** Blobs verified in parallel. */
const WIDTH = 8

/** A blob's rows to verify. */
export interface Claim {
  state: BlobState
  places: readonly LineOffsets[]
  /** All pieces that were counted. */
  pieces: readonly Piece[]
}

/** The present state of a blob in its source. */
export interface BlobFinding {
  claim: Claim
  /** Null when it could not be read; then `problem` says why. */
  fate: Fate | null
  problem: Problem | null
  /** Null when the blob is gone, or could not be read. */
  etagNow: string | null
  /** By first byte of the line; empty when there is no blob to read. */
  rows: Map<number, Reread>
  /** Pieces whose bytes have changed, or null when they were not hashed. */
  differing: Piece[] | null
}

export interface VerifyOptions {
  /** Hash every counted byte too. */
  hash: boolean
  /** Called with the number of bytes as they are read. */
  read: (bytes: number) => void
  /** Called for each finished blob. */
  done: () => void
}

function counting(reading: Reading, read: (bytes: number) => void): Reading {
  return {
    etag: reading.etag,
    get length() {
      return reading.length
    },
    border: (count) => reading.border(count),
    mark: (end, signal) => reading.mark(end, signal),
    continues: (mark, end, signal) => reading.continues(mark, end, signal),
    async *read(from, to, signal) {
      for await (const chunk of reading.read(from, to, signal)) {
        read(chunk.length)
        yield chunk
      }
    },
  }
}

async function find(reading: Reading, claim: Claim, hash: boolean, signal: AbortSignal): Promise<BlobFinding> {
  const { state, places, pieces } = claim
  const rows = await reread(reading, state, places, signal)
  const found = { claim, problem: null, etagNow: reading.etag, rows }
  if (!hash) return { ...found, fate: await fateOf(reading, state, pieces, signal), differing: null }
  const same = await hashAgain(reading, pieces, signal)
  const differing = pieces.filter((_, i) => !same[i])
  const fate = reading.etag === state.etag ? 'same' : differing.length === 0 ? 'grown' : 'replaced'
  return { ...found, fate, differing }
}

async function verify(source: Source | undefined, claim: Claim, { hash, read }: VerifyOptions, signal: AbortSignal): Promise<BlobFinding> {
  const { state, pieces } = claim
  const none = { claim, etagNow: null, rows: new Map<number, Reread>() }
  for (let tries = 1; ; tries++) {
    try {
      if (!source) throw new Problem('source', `Source ${state.source} is not configured`, { where: state.source })
      return await find(counting(await source.open(state, { growing: true, signal }), read), claim, hash, signal)
    } catch (error) {
      if (signal.aborted || !(error instanceof Problem)) throw error
      if (error.kind === 'absent') return { ...none, fate: 'gone', problem: null, differing: hash ? [...pieces] : null }
      if (error.kind !== 'changed' || tries >= REOPENS) return { ...none, fate: null, problem: error, differing: null }
    }
  }
}

/** Compares the counted rows and bytes of blobs with the present ones in their sources. Rejects when the signal aborts. */
export async function verifyAll(
  sources: ReadonlyMap<string, Source>,
  claims: readonly Claim[],
  options: VerifyOptions,
  signal: AbortSignal,
): Promise<BlobFinding[]> {
  const gate = new Gate(WIDTH)
  const failed = new AbortController()
  const both = AbortSignal.any([signal, failed.signal])
  const one = async (claim: Claim) => {
    const finding = await gate.pass(both, () => verify(sources.get(claim.state.source), claim, options, both))
    options.done()
    return finding
  }
  try {
    return await Promise.all(claims.map(one))
  } catch (error) {
    failed.abort()
    throw signal.aborted ? new Problem('cancelled', 'Verification was cancelled', { cause: error }) : error
  }
}
