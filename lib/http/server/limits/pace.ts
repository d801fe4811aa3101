/** The amount that a load read, or will read. */
export interface Amount {
  bytes: number
  blobs: number
}

/** Initial estimate: a machine loads this much in `START_MS` milliseconds. It is small, so that the first real load counts for more. */
const START: Amount = { bytes: 10_000_000, blobs: 80 }
const START_MS = 100
/** The weight of earlier loads halves after this much loading time. Milliseconds. */
const HALF_LIFE = 120_000

interface Sums {
  bytes2: number
  blobs2: number
  both: number
  bytesMs: number
  blobsMs: number
}

function sumsOf({ bytes, blobs }: Amount, ms: number): Sums {
  return { bytes2: bytes * bytes, blobs2: blobs * blobs, both: bytes * blobs, bytesMs: bytes * ms, blobsMs: blobs * ms }
}

function add(a: Sums, b: Sums, weight = 1): Sums {
  return {
    bytes2: a.bytes2 + weight * b.bytes2,
    blobs2: a.blobs2 + weight * b.blobs2,
    both: a.both + weight * b.both,
    bytesMs: a.bytesMs + weight * b.bytesMs,
    blobsMs: a.blobsMs + weight * b.blobsMs,
  }
}

const PRIOR = add(sumsOf({ bytes: START.bytes, blobs: 0 }, START_MS), sumsOf({ bytes: 0, blobs: START.blobs }, START_MS))
const NOTHING = sumsOf({ bytes: 0, blobs: 0 }, 0)

/**
 * Estimates loading times from earlier loads: a time for each byte and for each blob, by least squares, so that long loads count for more than short
 * ones. Kept in memory only.
 */
export class ReadingPace {
  private learnt = NOTHING

  /** `ms` are milliseconds. A load that read nothing is ignored. */
  learn(load: Amount, ms: number): void {
    if (load.bytes <= 0 || ms <= 0) return
    this.learnt = add(sumsOf(load, ms), this.learnt, 0.5 ** (ms / HALF_LIFE))
  }

  /** Estimated loading time. Milliseconds. */
  estimate({ bytes, blobs }: Amount): number {
    const { bytes2, blobs2, both, bytesMs, blobsMs } = add(PRIOR, this.learnt)
    const determinant = bytes2 * blobs2 - both * both
    const perByte = (bytesMs * blobs2 - blobsMs * both) / determinant
    const perBlob = (blobsMs * bytes2 - bytesMs * both) / determinant
    if (perByte < 0) return Math.round((blobs * blobsMs) / blobs2)
    if (perBlob < 0) return Math.round((bytes * bytesMs) / bytes2)
    return Math.round(bytes * perByte + blobs * perBlob)
  }
}
