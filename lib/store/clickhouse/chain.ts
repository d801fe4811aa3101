import { type BlobState, type Rejection, UNENDED } from '@/lib/flow/reading/blob'
import type { BlobPiece, Piece } from '@/lib/flow/reading/piece'

/**
 * What is stored of a blob: the marks of the inserts whose rows count for it, and what is remembered of them. Several instances may read one blob at the
 * same time, and none of them locks it: each stores its rows under marks of its own, and then a whole chain with a rank. The chain with the highest
 * rank counts, rows of any other mark do not. So no row counts twice, whatever happened in between, and nothing is lost: within a lifetime (`epoch`)
 * blobs only grow, and the chain that goes further ranks higher.
 */
export interface Chain {
  /** Counts how often the blob was replaced or forgotten. */
  epoch: number
  /** Counts what was stored of it. */
  version: number
  /** Null when it is forgotten. */
  state: BlobState | null
  marks: readonly bigint[]
  pieces: readonly Piece[]
  rejections: readonly Omit<Rejection, 'blob'>[]
  /** When the first of its rows were stored, epoch seconds. */
  loaded: number
}

const VERSIONS = 2n ** 26n
const TIES = 2n ** 24n
const BYTES = 2n ** 53n

/** Where a chain stands among those of its blob: a later lifetime first, then more bytes, the whole blob, what was stored later; `tie` is below 2^24. */
export function rankOf({ epoch, version, state }: Chain, tie: number): bigint {
  const bytes = ((BigInt(epoch) * BYTES + BigInt(state?.resume ?? 0)) * 2n + (state?.complete ? 1n : 0n)) * VERSIONS
  return (bytes + BigInt(version)) * TIES + BigInt(tie)
}

/** The parts of a rank that a chain does not know otherwise. */
export function placeOf(rank: bigint): { epoch: number; version: number } {
  const version = Number((rank / TIES) % VERSIONS)
  return { epoch: Number(rank / TIES / VERSIONS / 2n / BYTES), version }
}

/** What one append says of one blob. */
export interface Addition {
  state: BlobState
  /** Where its rows begin, or null when they follow on whatever is stored. Bytes. */
  from: number | null
  /** Where the reading began, and how far it has come; null when it counted nothing. */
  piece: BlobPiece | null
  rejections: readonly Rejection[]
  marks: readonly bigint[]
  /** Epoch seconds. */
  now: number
}

/**
 * The chain that an addition makes. `chains` are those that it may follow on, the likeliest first; null when it follows on none, since another instance
 * was faster: then its rows do not count.
 */
export function extend(chains: readonly Chain[], addition: Addition): Chain | null {
  const { state, from, piece, rejections, marks } = addition
  const base = chains.find((chain) => from === null || from === (chain.state?.resume ?? 0))
  if (base === undefined) return null
  const pieces = base.pieces.filter((other) => other.from !== piece?.from)
  return {
    epoch: base.epoch,
    version: Math.max(...chains.map(({ version }) => version)) + 1,
    state,
    marks: [...base.marks, ...marks],
    pieces: piece ? [...pieces, { from: piece.from, to: piece.to, sha256: piece.sha256 }] : pieces,
    rejections: [...base.rejections.filter(({ reason }) => !UNENDED.includes(reason)), ...rejections],
    loaded: base.marks.length === 0 ? addition.now : base.loaded,
  }
}

/** A chain without anything in it, in the lifetime after `last`. */
export function fresh(last: Chain | undefined, now: number): Chain {
  return { epoch: (last?.epoch ?? -1) + 1, version: last?.version ?? 0, state: null, marks: [], pieces: [], rejections: [], loaded: now }
}
