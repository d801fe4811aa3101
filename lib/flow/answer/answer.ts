import { z } from 'zod'
import { COVERAGE_PROBLEM_KINDS, COVERAGE_REASONS } from '@/lib/flow/reading/reasons'

/** Shapes that several answers of the API share. The server validates its answers against them; the pages derive their types from them. */

export const instant = z.iso.datetime()
/** Sums may be larger than what a double holds exactly: then they are rounded. */
export const count = z.number().nonnegative().refine(Number.isInteger)

export const viewSchema = z.object({
  from: instant,
  to: instant,
  q: z.string(),
  logs: z.array(z.string()),
  asof: instant.nullable(),
  once: z.boolean(),
})

export const coverageProblemSchema = z.object({
  /**
   * `rights` blobs that the person may not read (`count` of them; 0 if a container or folder may not be listed), `source` a storage place did not
   * answer, `blob` a blob could not be read, `missing` objects of one kind that may hold traffic and cannot be read, `passed` objects of one kind that
   * are no flow logs, `record` or `tuple` rejected content, `warning` content kept although it looks odd.
   */
  kind: z.enum(COVERAGE_PROBLEM_KINDS),
  message: z.string(),
  source: z.string().nullable(),
  blob: z.string().nullable(),
  reason: z.enum(COVERAGE_REASONS),
  count,
  /** Bytes of records and tuples that were refused; 0 for everything else. */
  bytes: count,
  /** Byte offset of the first case, when there is one. */
  offset: z.number().int().nullable(),
  sample: z.string().nullable(),
})

export const coverageSchema = z.object({
  /** True if everything in the range was read and nothing was rejected. */
  complete: z.boolean(),
  blobs: count,
  blobsRead: count,
  bytes: count,
  bytesRead: count,
  /** Tuples stored from these blobs, before range and filter. */
  tuples: count,
  /** Rejected tuples and records of these blobs. */
  malformed: count,
  problems: z.array(coverageProblemSchema),
})

export const basis = { view: viewSchema, coverage: coverageSchema }

/** Tuples in every bucket of the range, the first at the multiple of `bucketMs` at or before its beginning. */
export const sparkSchema = z.object({ allow: z.array(count), deny: z.array(count) })

export type ResolvedView = z.infer<typeof viewSchema>
export type Coverage = z.infer<typeof coverageSchema>
export type CoverageProblem = z.infer<typeof coverageProblemSchema>
/** Part of every answer about a view: the resolved view, and the coverage that the answer rests on. */
export interface Basis {
  view: ResolvedView
  coverage: Coverage
}
