import { z } from 'zod'
import { count } from '@/lib/flow/answer/answer'

/** Progress of `/api/load`; rates are over the last few seconds. */
export const progressSchema = z.object({
  blobs: count,
  blobsRead: count,
  bytes: count,
  bytesRead: count,
  tuples: count,
  malformed: count,
  /** Estimated milliseconds to go, or null while unknown. */
  left: z.number().nullable(),
  done: z.boolean(),
})

export type Progress = z.infer<typeof progressSchema>
