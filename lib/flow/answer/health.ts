import { z } from 'zod'
import { instant } from './answer'
import { sourceSchema } from './logs'

export const healthAnswer = z.object({
  status: z.enum(['ok', 'degraded', 'unconfigured']),
  version: z.string(),
  engine: z.object({ name: z.string(), version: z.string() }),
  sources: z.array(sourceSchema),
  newest: instant.nullable(),
  /** Pages about an address, `{ip}` in whose address stands for it. */
  lookups: z.array(z.object({ name: z.string(), url: z.string() })),
})

export type HealthAnswer = z.infer<typeof healthAnswer>
