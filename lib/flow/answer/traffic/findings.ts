import { z } from 'zod'
import { basis, count, instant } from '@/lib/flow/answer/answer'
import { baselineSchema } from '@/lib/flow/answer/baseline'
import { FINDING_KINDS, LEVELS } from '@/lib/flow/finding/kinds'

/** The figures in a finding's sentence and in its chart; times in milliseconds. `address` is the subject of the finding. */
const figuresSchema = z.record(z.string(), z.union([z.number(), z.string(), z.array(z.number()), z.array(z.string())]))

export const findingSchema = z.object({
  /** The same for the same finding in any range. */
  id: z.string(),
  kind: z.enum(FINDING_KINDS),
  level: z.enum(LEVELS),
  score: z.number().min(0).max(1),
  sentence: z.string(),
  /** Null if the kind has no such end. */
  src: z.string().nullable(),
  dst: z.string().nullable(),
  dport: count.nullable(),
  first: instant,
  last: instant,
  tuples: count,
  bytes: count,
  figures: figuresSchema,
  /** Together, these three select exactly its tuples. */
  q: z.string(),
  from: instant,
  to: instant,
})

export const findingsAnswer = z.object({
  ...basis,
  /** The requested kinds; `found` includes muted findings. */
  kinds: z.array(z.object({ kind: z.enum(FINDING_KINDS), found: count, parameters: z.record(z.string(), z.number()) })),
  baseline: baselineSchema,
  /** Number of findings that are hidden by `muted` or by a mute of this server. */
  muted: count,
  /** The hidden findings, best first; `mute` is the id of the mute, or null for `muted`. */
  mutedRows: z.array(findingSchema.extend({ mute: z.string().nullable() })),
  /** Best first: by level, then by score. */
  rows: z.array(findingSchema),
})

export type Finding = z.infer<typeof findingSchema>
export type FindingsAnswer = z.infer<typeof findingsAnswer>
