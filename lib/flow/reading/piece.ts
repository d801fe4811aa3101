/** Bytes [from, to) of a blob as they were when they were counted. */
export interface Piece {
  from: number
  to: number
  /** lower-case hex */
  sha256: string
}

export interface BlobPiece extends Piece {
  /** Blob.id */
  blob: number
}
