import { z } from 'zod'
import { FINDING_KINDS, LEVELS } from '@/lib/flow/finding/kinds'
import { basis, count, instant } from './answer'

/** What a sentence rests on, and what its picture is drawn from; times in milliseconds. `address` is whom the finding is about. */
const figuresSchema = z.record(z.string(), z.union([z.number(), z.string(), z.array(z.number()), z.array(z.string())]))

export const findingSchema = z.object({
  /** The same whenever the same is found, in whatever range. */
  id: z.string(),
  kind: z.enum(FINDING_KINDS),
  level: z.enum(LEVELS),
  score: z.number().min(0).max(1),
  sentence: z.string(),
  /** Ends that a kind does not have are null. */
  src: z.string().nullable(),
  dst: z.string().nullable(),
  dport: count.nullable(),
  first: instant,
  last: instant,
  tuples: count,
  bytes: count,
  figures: figuresSchema,
  /** These three select its tuples and no others. */
  q: z.string(),
  from: instant,
  to: instant,
})

export const findingsAnswer = z.object({
  ...basis,
  /** Those that were asked; `found` counts muted ones too. */
  kinds: z.array(z.object({ kind: z.enum(FINDING_KINDS), found: count, parameters: z.record(z.string(), z.number()) })),
  baseline: z.object({
    from: instant,
    to: instant,
    /** True where every hour of it holds rows and everything in it that may be read has been. */
    complete: z.boolean(),
    /** Share of its hours that hold rows that have been read. */
    share: z.number().min(0).max(1),
  }),
  /** Findings that `muted` hides. */
  muted: count,
  /** Best first: by level, then by score. */
  rows: z.array(findingSchema),
})

export type Finding = z.infer<typeof findingSchema>
export type FindingsAnswer = z.infer<typeof findingsAnswer>
