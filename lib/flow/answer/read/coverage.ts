import { z } from 'zod'
import { basis, count, instant } from '@/lib/flow/answer/answer'
import { CELL_STATES } from '@/lib/flow/reading/hole'

export const coverageAnswer = z.object({
  ...basis,
  /** By log, NIC and hour. Loose files are in the hour of their first tuple, without a NIC. */
  cells: z.array(
    z.object({
      log: z.string(),
      mac: z.string(),
      hour: instant,
      state: z.enum(CELL_STATES),
      tuples: count,
      /** Bytes that exist, and bytes that are counted. */
      bytes: count,
      counted: count,
      /** Rejected records and tuples. */
      rejected: count,
      /** The most severe, if several loose files share the cell. */
      blob: z.string().nullable(),
      etag: z.string().nullable(),
      /** Time of the first and the last tuple, and when the last record was flushed. */
      first: instant.nullable(),
      last: instant.nullable(),
      flushed: instant.nullable(),
    }),
  ),
  /** Objects in the range's places that hold no flow log and do not make an answer incomplete, by kind: `sample` is the name of one of them. */
  others: z.array(z.object({ source: z.string(), what: z.string(), extension: z.string(), count, sample: z.string() })),
})

export type CoverageAnswer = z.infer<typeof coverageAnswer>
export type Cell = CoverageAnswer['cells'][number]
