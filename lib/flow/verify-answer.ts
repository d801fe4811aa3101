import { z } from 'zod'
import { basis, count } from './answers'
import { FATES, rowFields } from './verdict'

const place = { source: z.string(), blob: z.string() }

/** Rows of the view held against the bytes that their source has now. */
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
      /** Of the line's first byte in the blob. */
      offset: count,
      why: z.enum(['different', 'missing']),
      fields: rowFields,
      /** What stands at that byte now, or null when no text does. */
      line: z.string().nullable(),
    }),
  ),
  /** Blobs that their source has no more, with the rows of the sample that came from them. */
  gone: z.array(z.object({ ...place, rows: count })),
  /** Blobs that were written since they were counted. */
  changed: z.array(z.object({ ...place, fate: z.enum(FATES), etag: z.string(), etagNow: z.string(), rows: count })),
  /** Blobs that could not be read. */
  failed: z.array(z.object({ ...place, message: z.string(), rows: count })),
  /** Every counted byte of every blob of the range hashed again, or null when that was not asked for. */
  pieces: z
    .object({
      blobs: count,
      pieces: count,
      matches: count,
      /** Bytes [from, to) whose SHA-256 is not the one that was counted. */
      differences: z.array(z.object({ ...place, from: count, to: count })),
    })
    .nullable(),
  bytesRead: count,
})

export type VerifyAnswer = z.infer<typeof verifyAnswer>

/** How far a check has come. */
export interface VerifyProgress {
  blobs: number
  ofBlobs: number
  bytesRead: number
}
