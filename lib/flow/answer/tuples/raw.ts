import { z } from 'zod'
import { count } from '@/lib/flow/answer/answer'
import { verdictSchema } from '@/lib/flow/field/verdict'
import { tupleSchema } from './tuples'

export const rawAnswer = z.object({
  id: z.string(),
  /** The text at the tuple's byte now, or null. */
  line: z.string().nullable(),
  source: z.string(),
  container: z.string(),
  blob: z.string(),
  etag: z.string(),
  /** The blob's version now; null when the blob is gone. */
  etagNow: z.string().nullable(),
  /** Byte offset and length of the line inside the blob. */
  offset: count,
  length: count,
  /** The record around it: its place, and its text (null when longer than 256 KiB, or no longer there). */
  record: z.object({ offset: count, length: count, text: z.string().nullable() }),
  /** Other places with a word-for-word copy of the record, 20 at most. */
  copies: z.array(z.object({ source: z.string(), container: z.string(), blob: z.string(), offset: count })),
  /** The tuple as it was counted. */
  row: tupleSchema,
  verdict: verdictSchema,
})

export type RawAnswer = z.infer<typeof rawAnswer>
