import { z } from 'zod'
import { basis, count, instant } from './answers'
import { PROOF } from './proof'

/** What a view rests on in one blob: rows of its range and logs that were flushed by its `asof`, whatever its filter. */
export const basisBlobSchema = z.object({
  source: z.string(),
  container: z.string(),
  name: z.string(),
  /** Version that was counted, its length, and how many of its bytes were. */
  etag: z.string(),
  length: count,
  bytes: count,
  rows: count,
  /** Tuples and records of the whole blob that were refused. */
  rejected: count,
  /** Sums over the rows, see `lib/query/basis.ts`. */
  sums: z.tuple([count, count]),
  /** Those bytes as they were counted: in order, without gaps, from 0 on. */
  pieces: z.array(z.object({ from: count, to: count, sha256: z.string() })),
})

/** What is kept of a view when its link is made, as `evidence/PROOF.json` in the data directory. */
export const basisRecordSchema = z.object({
  proof: z.string().regex(PROOF),
  made: instant,
  view: z.object({ from: instant, to: instant, logs: z.array(z.string()), asof: instant }),
  blobs: z.array(basisBlobSchema),
})

export const VERDICTS = ['same', 'grown', 'changed', 'unknown'] as const

const sideSchema = basisBlobSchema.pick({ etag: true, length: true, rows: true }).nullable()

/** One blob that is not as it was: `grown` was written to since and holds the same rows of the view, `missing` is not listed any more, `new` held none. */
const differenceSchema = z.object({
  source: z.string(),
  container: z.string(),
  blob: z.string(),
  what: z.enum(['grown', 'changed', 'missing', 'new']),
  /** Whether the bytes counted then still begin the blob, by their SHA-256; null where they were read in other pieces. */
  bytesKept: z.boolean().nullable(),
  before: sideSchema,
  now: sideSchema,
})

const totalSchema = z.object({ blobs: count, tuples: count })

export const evidenceAnswer = z.object({
  ...basis,
  proof: z.string(),
  verdict: z.enum(VERDICTS),
  /** When the link was made, or null where its record is not kept here. */
  made: instant.nullable(),
  /** Why the verdict is not more exact, or null. */
  reason: z.string().nullable(),
  /** Blobs that hold rows of the view, and those rows. */
  before: totalSchema.nullable(),
  now: totalSchema,
  blobs: z.array(differenceSchema),
})

/** Answer to `POST /api/evidence`: the view as the link has to name it, and its proof. */
export const proofAnswer = z.object({
  proof: z.string(),
  view: z.object({ from: instant, to: instant, q: z.string(), logs: z.array(z.string()), asof: instant }),
  blobs: count,
  tuples: count,
})

export type BasisBlob = z.infer<typeof basisBlobSchema>
export type BasisRecord = z.infer<typeof basisRecordSchema>
export type Verdict = (typeof VERDICTS)[number]
export type Difference = z.infer<typeof differenceSchema>
export type EvidenceAnswer = z.infer<typeof evidenceAnswer>
export type ProofAnswer = z.infer<typeof proofAnswer>
