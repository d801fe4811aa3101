import { z } from 'zod'
import { basis, count, instant } from './answers'
import { CELL_STATES } from './hole'

export const coverageAnswer = z.object({
  ...basis,
  /** By log, network card and hour. Loose files stand at the hour of their first tuple, without a card. */
  cells: z.array(
    z.object({
      log: z.string(),
      mac: z.string(),
      hour: instant,
      state: z.enum(CELL_STATES),
      tuples: count,
      /** Bytes that there are, and those of them that are counted. */
      bytes: count,
      counted: count,
      /** Records and tuples that were refused. */
      rejected: count,
      /** Where several loose files share the cell, the gravest of them. */
      blob: z.string().nullable(),
      etag: z.string().nullable(),
      /** Time of the first and the last tuple, and when the last record was flushed. */
      first: instant.nullable(),
      last: instant.nullable(),
      flushed: instant.nullable(),
    }),
  ),
})

export type CoverageAnswer = z.infer<typeof coverageAnswer>
export type Cell = CoverageAnswer['cells'][number]
