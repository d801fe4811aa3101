import { z } from 'zod'
import { instant } from './answer'

/** The baseline: the time that a view is compared with. */
export const baselineSchema = z.object({
  from: instant,
  to: instant,
  /** True if every hour of it holds rows and all of it that may be read has been read. */
  complete: z.boolean(),
  /** Share of its hours that hold rows that have been read. */
  share: z.number().min(0).max(1),
})

export type BaselineAnswer = z.infer<typeof baselineSchema>
