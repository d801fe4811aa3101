import { z } from 'zod'
import { basis, count, instant } from '@/lib/flow/answer/answer'
import type { RowField } from '@/lib/flow/field/fields'
import { FORMATS } from '@/lib/flow/tuple/tuple'
import { type ContextColumns, contextShape } from './context-row'

const counter = count.nullable()

export const tupleSchema = z.object({
  id: z.string(),
  time: instant,
  recordTime: instant,
  src: z.string(),
  dst: z.string(),
  sport: count,
  dport: count,
  proto: z.string(),
  dir: z.enum(['in', 'out']),
  action: z.enum(['allow', 'deny']),
  state: z.string().nullable(),
  enc: z.string().nullable(),
  packetsSent: counter,
  bytesSent: counter,
  packetsReceived: counter,
  bytesReceived: counter,
  rule: z.string(),
  acl: z.string(),
  mac: z.string(),
  log: z.string(),
  format: z.enum(FORMATS),
} satisfies Record<RowField, z.ZodType>)

export const tuplesAnswer = z.object({
  ...basis,
  total: count,
  rows: z.array(tupleSchema.extend(contextShape)),
  next: z.string().nullable(),
})

export type TupleRow = z.infer<typeof tupleSchema>
/** A row as logged, with `context=1` also the context of its ends. */
export type ToldRow = TupleRow & Partial<ContextColumns>
export type TuplesAnswer = z.infer<typeof tuplesAnswer>
