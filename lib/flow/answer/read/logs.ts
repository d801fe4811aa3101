import { z } from 'zod'
import { coverageProblemSchema, instant } from '@/lib/flow/answer/answer'

export const logSchema = z.object({
  id: z.string(),
  format: z.enum(['nsg', 'vnet']),
  name: z.string(),
  subscription: z.string().nullable(),
  resourceGroup: z.string().nullable(),
  source: z.string(),
  macs: z.array(z.string()),
  first: instant.nullable(),
  last: instant.nullable(),
})

export const sourceSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['folder', 'azure']),
  /** Its problem, or null. */
  problem: z.string().nullable(),
  /** When the SAS expires, if known. */
  expires: instant.nullable(),
})

export const logsAnswer = z.object({ logs: z.array(logSchema), sources: z.array(sourceSchema), problems: z.array(coverageProblemSchema) })

export type Log = z.infer<typeof logSchema>
export type LogsAnswer = z.infer<typeof logsAnswer>
