import { z } from 'zod'
import { basis, count, instant } from '@/lib/flow/answer/answer'
import { REFUSED, REJECTION_REASONS } from '@/lib/flow/reading/reasons'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const pieceSchema = z.object({ from: count, to: count, sha256 })

/** Current state of the counted bytes [0, length): unchanged (`same`), unchanged with more after them (`grown`), `changed`, or `gone`. */
const NOW = ['same', 'grown', 'changed', 'gone'] as const

const manifestBlobSchema = z.object({
  /** The source's name, the container (empty in a folder), and the blob's name. */
  source: z.string(),
  container: z.string(),
  name: z.string(),
  /** Version that was counted. */
  etag: z.string(),
  /** Bytes [0, length) were read and counted. */
  length: count,
  /** Hashes of these bytes when they were read, piece by piece, without gaps. */
  pieces: z.array(pieceSchema),
  /** Rows of the view in the blob, and all rows and records read from it. */
  rowsInView: count,
  rows: count,
  records: count,
  /** Rejected content, or content kept with a `warning`, with the byte offset of the first case. */
  rejected: z.array(z.object({ what: z.enum(REFUSED), reason: z.enum(REJECTION_REASONS), count, offset: count })),
  /** Hash of bytes [0, length) read again for this manifest (`hash=1`); null otherwise, or when the blob is shorter now. */
  sha256: sha256.nullable(),
  /** The object that holds these bytes packed (gzip, UTF-16, an archive), as read for this manifest; null if the blob is not packed or `sha256` is null. */
  stored: z.object({ sha256, bytes: count }).nullable(),
  now: z.enum(NOW).nullable(),
})

/** The file of rows beside a manifest. `lines` are line feeds, as `wc -l` counts them; null for Parquet. */
const manifestFileSchema = z.object({ name: z.string(), rows: count, bytes: count, lines: count.nullable(), sha256 })

export const manifestAnswer = z.object({
  ...basis,
  program: z.object({ name: z.literal('flowlens'), version: z.string() }),
  made: instant,
  /** The view as an address, its range absolute. */
  link: z.string(),
  /** As the store counts them. */
  total: z.object({ rows: count, blobs: count, bytes: count, rejected: count }),
  /** Every blob that the view's answer rests on, by source, container and name. */
  blobs: z.array(manifestBlobSchema),
  file: manifestFileSchema.optional(),
})

export type ManifestBlob = z.infer<typeof manifestBlobSchema>
export type ManifestFile = z.infer<typeof manifestFileSchema>
export type ManifestAnswer = z.infer<typeof manifestAnswer>
