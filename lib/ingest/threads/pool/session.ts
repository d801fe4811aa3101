import type { BlobState } from '@/lib/flow/reading/blob'
import type { ScanOrigin, ScanState } from '@/lib/parse/scanner'

/** The end of a reading: whether it reached the end of the version, and the mark for the next reading. */
export interface ReadOutcome {
  complete: boolean
  mark: string | null
}

/** One reading of one blob, from the first byte handed to a parse thread to the commit of its last row. */
export class ParseSession {
  state: ScanState
  outcome: ReadOutcome | null = null
  /** Bytes [0, stored) are stored, or being stored. */
  stored: number
  /** Bytes handed over and not yet parsed. */
  pending = 0
  /** Bytes that the parse thread keeps of an unfinished record. */
  held = 0
  private settle!: { resolve: (state: BlobState) => void; reject: (error: unknown) => void }
  /** Settles when the last row is stored, or with the first failure. */
  readonly committed: Promise<BlobState>

  /**
   * @param version the blob as it is being read
   * @param base what is already stored of it, or null when rows of an earlier reading are to be replaced or there are none
   * @param replaces earlier rows are deleted in the transaction that stores the first new ones
   */
  constructor(
    readonly id: number,
    readonly origin: ScanOrigin,
    private readonly version: BlobState,
    private readonly base: BlobState | null,
    public replaces: boolean,
  ) {
    this.stored = origin.offset
    this.state = { records: 0, tuples: 0, malformed: 0, resume: origin.offset, through: null, first: null, last: null, log: null }
    this.committed = new Promise((resolve, reject) => {
      this.settle = { resolve, reject }
    })
    this.committed.catch(() => {})
  }

  get blob(): number {
    return this.origin.blob
  }

  /** The blob's state once everything up to `state` is stored. */
  describe(state: ScanState, ended: boolean): BlobState {
    const base = this.base
    return {
      ...this.version,
      log: state.log?.key ?? base?.log ?? this.version.log,
      resume: state.resume,
      complete: ended && this.outcome?.complete === true,
      mark: ended ? (this.outcome?.mark ?? null) : null,
      through: later(base?.through ?? null, state.through),
      first: base?.first == null ? state.first : Math.min(base.first, state.first ?? base.first),
      last: later(base?.last ?? null, state.last),
      tuples: (base?.tuples ?? 0) + state.tuples,
      records: (base?.records ?? 0) + state.records,
    }
  }

  resolve(state: BlobState): void {
    this.settle.resolve(state)
  }

  reject(error: unknown): void {
    this.settle.reject(error)
  }
}

function later(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b)
}
