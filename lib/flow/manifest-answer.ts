import { z } from 'zod'
import { basis, count, instant } from './answers'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const pieceSchema = z.object({ from: count, to: count, sha256 })

/** What a blob is now beside what was counted: bytes [0, length) are the `same`, the same and more came (`grown`), not the same, or it is not there. */
const NOW = ['same', 'grown', 'changed', 'gone'] as const

const manifestBlobSchema = z.object({
  /** Where it lies: the source's name, its container (empty in a folder), and its name. */
  source: z.string(),
  container: z.string(),
  name: z.string(),
  /** Version that was counted. */
  etag: z.string(),
  /** Bytes [0, length) were read and counted. */
  length: count,
  /** What they were when they were read, piece by piece, without gaps. */
  pieces: z.array(pieceSchema),
  /** Rows of the view in it, and rows and records read of it in all. */
  rowsInView: count,
  rows: count,
  records: count,
  /** What was refused of it, or kept with a doubt (`warning`), with the byte offset of the first case. */
  rejected: z.array(z.object({ what: z.enum(['tuple', 'record', 'blob', 'warning']), reason: z.string(), count, offset: count })),
  /** Of bytes [0, length) as read once more for this manifest (`hash=1`), else null; null too where there are not so many any more. */
  sha256: sha256.nullable(),
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
