import { z } from 'zod'
import { instant } from '@/lib/flow/answer/answer'
import { sourceSchema } from './logs'

export const healthAnswer = z.object({
  status: z.enum(['ok', 'degraded', 'unconfigured']),
  version: z.string(),
  engine: z.object({ name: z.string(), version: z.string() }),
  sources: z.array(sourceSchema),
  newest: instant.nullable(),
  /** Web pages about an address; `{ip}` in their URL stands for it. */
  lookups: z.array(z.object({ name: z.string(), url: z.string() })),
})

export type HealthAnswer = z.infer<typeof healthAnswer>
