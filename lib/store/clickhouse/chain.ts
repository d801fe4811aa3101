import { type BlobState, type Rejection, UNENDED } from '@/lib/flow/reading/blob'
import type { BlobPiece, Piece } from '@/lib/flow/reading/piece'
import { DAY } from '@/lib/flow/time/bucket'

/** Rows that have not counted for this long are removed. Milliseconds, by the server's clock. */
export const REMOVED_AFTER = DAY
/**
 * A chain is stored at most this long after its `Base.sure`. Rows that it names then have counted, or were stored, less than half of REMOVED_AFTER ago, so they
 * are still there, however long an instance was paused in between. Milliseconds.
 */
export const NAMED_WITHIN = REMOVED_AFTER / 2

/**
 * The stored state of a blob: the marks of the inserts whose rows count for it, and its state. Several instances may read one blob at the same time, without
 * locks: each stores its rows under its own marks, and then a whole chain with a rank. The chain with the highest rank counts; rows with any other mark do not.
 * So no row counts twice, whatever happened in between, and nothing is lost: within a lifetime (`epoch`) blobs only grow, and the longer chain ranks higher.
 */
export interface Chain {
  /** Number of times that the blob was replaced or forgotten. */
  epoch: number
  /** Number of additions to it. */
  version: number
  /** Null if it is forgotten. */
  state: BlobState | null
  marks: readonly bigint[]
  pieces: readonly Piece[]
  rejections: readonly Omit<Rejection, 'blob'>[]
  /** Time at which the first of its rows were stored, epoch seconds. */
  loaded: number
}

const VERSIONS = 2n ** 26n
const TIES = 2n ** 24n
const BYTES = 2n ** 53n

/** Returns the rank of a chain among those of its blob: a later lifetime first, then more bytes, then completeness, then the version; `tie` is below 2^24. */
export function rankOf({ epoch, version, state }: Chain, tie: number): bigint {
  const bytes = ((BigInt(epoch) * BYTES + BigInt(state?.resume ?? 0)) * 2n + (state?.complete ? 1n : 0n)) * VERSIONS
  return (bytes + BigInt(version)) * TIES + BigInt(tie)
}

/** Returns the parts of a rank that the chain does not contain otherwise. */
export function placeOf(rank: bigint): { epoch: number; version: number } {
  const version = Number((rank / TIES) % VERSIONS)
  return { epoch: Number(rank / TIES / VERSIONS / 2n / BYTES), version }
}

/** A chain that others may follow. */
export interface Base {
  chain: Chain
  /** A moment at which each of its marks counted, or the rows of it were not stored yet. Epoch milliseconds of the server's clock. */
  sure: number
}

/** Returns an empty chain in the lifetime after `last`. */
export function fresh(last: Pick<Chain, 'epoch' | 'version'> | null, now: number): Base {
  const nothing = { state: null, marks: [], pieces: [], rejections: [], loaded: now }
  return { chain: { epoch: (last?.epoch ?? -1) + 1, version: last?.version ?? 0, ...nothing }, sure: Number.POSITIVE_INFINITY }
}

/** One append to one blob. */
export interface Addition {
  state: BlobState
  /** First byte of its rows, or null if they follow whatever is stored. Bytes. */
  from: number | null
  /** The bytes that were read, from beginning to end; null if no row was counted. */
  piece: BlobPiece | null
  rejections: readonly Rejection[]
  marks: readonly bigint[]
  /** A moment before its rows were stored. Epoch milliseconds of the server's clock. */
  sure: number
  /** Epoch seconds. */
  now: number
}

/**
 * Returns the chain that an addition makes. `bases` are the candidates that it may follow, the likeliest first. Null if it follows none of them, because
 * another instance was faster: then its rows do not count.
 */
export function extend(bases: readonly Base[], addition: Addition): Base | null {
  const { state, from, piece, rejections, marks } = addition
  const base = bases.find(({ chain }) => from === null || from === (chain.state?.resume ?? 0))
  if (base === undefined) return null
  const { chain } = base
  const pieces = chain.pieces.filter((other) => other.from !== piece?.from)
  return {
    sure: Math.min(base.sure, addition.sure),
    chain: {
      epoch: chain.epoch,
      version: Math.max(...bases.map(({ chain: { version } }) => version)) + 1,
      state,
      marks: [...chain.marks, ...marks],
      pieces: piece ? [...pieces, { from: piece.from, to: piece.to, sha256: piece.sha256 }] : pieces,
      rejections: [...chain.rejections.filter(({ reason }) => !UNENDED.includes(reason)), ...rejections],
      loaded: chain.marks.length === 0 ? addition.now : chain.loaded,
    },
  }
}
