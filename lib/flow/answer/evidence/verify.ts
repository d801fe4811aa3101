import { z } from 'zod'
import { basis, count } from '@/lib/flow/answer/answer'
import { FATES, rowFields } from '@/lib/flow/field/verdict'

const place = { source: z.string(), blob: z.string() }

/** Comparison of the view's rows with the current bytes of their source. */
export const verifyAnswer = z.object({
  ...basis,
  /** Rows in the view. */
  rows: count,
  /** Rows of the sample: those that match, those that differ, and those of blobs that are gone or could not be read. */
  checked: count,
  matches: count,
  differences: z.array(
    z.object({
      id: z.string(),
      ...place,
      /** Offset of the line's first byte in the blob. */
      offset: count,
      why: z.enum(['different', 'missing']),
      fields: rowFields,
      /** The text at that byte now, or null. */
      line: z.string().nullable(),
    }),
  ),
  /** Blobs that no longer exist, with the sampled rows that came from them. */
  gone: z.array(z.object({ ...place, rows: count })),
  /** Blobs that have changed since they were counted. */
  changed: z.array(z.object({ ...place, fate: z.enum(FATES), etag: z.string(), etagNow: z.string(), rows: count })),
  /** Blobs that could not be read. */
  failed: z.array(z.object({ ...place, message: z.string(), rows: count })),
  /** Result of hashing every counted byte of the range's blobs again, or null if not requested. */
  pieces: z
    .object({
      blobs: count,
      pieces: count,
      matches: count,
      /** Bytes [from, to) whose SHA-256 differs from the counted one. */
      differences: z.array(z.object({ ...place, from: count, to: count })),
    })
    .nullable(),
  bytesRead: count,
})

export type VerifyAnswer = z.infer<typeof verifyAnswer>

/** Progress of a verification. */
export interface VerifyProgress {
  blobs: number
  ofBlobs: number
  bytesRead: number
}
