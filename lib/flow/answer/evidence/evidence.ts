import { z } from 'zod'
import { basis, count, instant } from '@/lib/flow/answer/answer'
import { PROOF } from '@/lib/flow/answer/proof'

/** Basis of a view in one blob: rows of its range and logs that were flushed by its `asof`, without its filter. */
export const basisBlobSchema = z.object({
  source: z.string(),
  container: z.string(),
  name: z.string(),
  /** Version that was counted, its length, and the number of bytes counted. */
  etag: z.string(),
  length: count,
  bytes: count,
  rows: count,
  /** Rejected tuples and records of the whole blob. */
  rejected: count,
  /** Sums over the rows, see `lib/query/proof/basis.ts`. */
  sums: z.tuple([count, count]),
  /** Hashes of these bytes as counted: in order, without gaps, from 0 on. */
  pieces: z.array(z.object({ from: count, to: count, sha256: z.string() })),
})

/** Basis of a view, saved with its link as `evidence/PROOF.json` in the data directory. */
export const basisRecordSchema = z.object({
  proof: z.string().regex(PROOF),
  made: instant,
  /** `context` is the digest of the context files, where the filter asks by them, `lists` that of the saved lists that it names. */
  view: z.object({
    from: instant,
    to: instant,
    logs: z.array(z.string()),
    asof: instant,
    context: z.string().optional(),
    lists: z.string().optional(),
  }),
  blobs: z.array(basisBlobSchema),
})

export const VERDICTS = ['same', 'grown', 'changed', 'unknown'] as const

const sideSchema = basisBlobSchema.pick({ etag: true, length: true, rows: true }).nullable()

/** One blob that has changed: `grown` has more blocks and the same rows of the view, `missing` is no longer listed, `new` had no rows before. */
const differenceSchema = z.object({
  source: z.string(),
  container: z.string(),
  blob: z.string(),
  what: z.enum(['grown', 'changed', 'missing', 'new']),
  /** True if the counted bytes are still the blob's beginning, by their SHA-256; null if they were read in other pieces. */
  bytesKept: z.boolean().nullable(),
  before: sideSchema,
  now: sideSchema,
})

const totalSchema = z.object({ blobs: count, tuples: count })

export const evidenceAnswer = z.object({
  ...basis,
  proof: z.string(),
  verdict: z.enum(VERDICTS),
  /** Creation time of the link, or null if its record is not saved here. */
  made: instant.nullable(),
  /** The reason why the verdict is not more exact, or null. */
  reason: z.string().nullable(),
  /** Blobs that hold rows of the view, and those rows. */
  before: totalSchema.nullable(),
  now: totalSchema,
  blobs: z.array(differenceSchema),
})

/** Answer to `POST /api/evidence`: the view for the link, and its proof. */
export const proofAnswer = z.object({
  proof: z.string(),
  view: z.object({
    from: instant,
    to: instant,
    q: z.string(),
    logs: z.array(z.string()),
    asof: instant,
    context: z.string().optional(),
    lists: z.string().optional(),
  }),
  blobs: count,
  tuples: count,
})

export type BasisBlob = z.infer<typeof basisBlobSchema>
export type BasisRecord = z.infer<typeof basisRecordSchema>
export type Verdict = (typeof VERDICTS)[number]
export type Difference = z.infer<typeof differenceSchema>
export type EvidenceAnswer = z.infer<typeof evidenceAnswer>
export type ProofAnswer = z.infer<typeof proofAnswer>
