import { z } from 'zod'
import { count, instant } from '@/lib/flow/answer/answer'
import { CONTEXT_KINDS, CONTEXT_NAMES } from '@/lib/flow/field/context'

const refusedSchema = z.object({
  reason: z.string(),
  count,
  /** Line of the first one, from 1, or null if the file has no lines. */
  line: count.nullable(),
  sample: z.string().nullable(),
})

/** The entries of one kind in a file; `kind` is null for a file that could not be read, whose reason is in `refused`. */
export const contextSetSchema = z.object({
  id: z.string(),
  file: z.string(),
  kind: z.enum(CONTEXT_KINDS).nullable(),
  name: z.string(),
  entries: count,
  refused: z.array(refusedSchema),
  /** Last write of the file, or null if unknown. */
  modified: instant.nullable(),
  sha256: z.string(),
  /** Shape of the file, and its description of itself. */
  about: z.string(),
  /** Attribution that the data's licence requires, or null. */
  credit: z.string().nullable(),
})

const text = z.string().nullable()

/** All facts about an address, wherever it was logged, with their files. */
export const addressSchema = z.object({
  ip: z.string(),
  country: text,
  asn: count.nullable(),
  org: text,
  name: text,
  vm: text,
  subnet: text,
  vnet: text,
  /** Narrowest first. */
  tag: z.array(z.string()),
  /** The lists that are valid now, narrowest first. */
  list: z.array(z.string()),
  /** The candidates, if an inventory has the address several times. */
  among: z.array(z.string()),
  facts: z.array(
    z.object({ kind: z.enum(CONTEXT_KINDS), text: z.string(), file: z.string(), addresses: z.number(), until: instant.nullable() }),
  ),
})

export const addressesAnswer = z.object({ rows: z.array(addressSchema) })

export const contextAnswer = z.object({
  /** Equal for equal files; empty without any. */
  digest: z.string(),
  /** Fields with any value, without `src.` and `dst.`. */
  names: z.array(z.enum(CONTEXT_NAMES)),
  sets: z.array(contextSetSchema),
})

export type AddressContext = z.infer<typeof addressSchema>
export type AddressesAnswer = z.infer<typeof addressesAnswer>
export type ContextSet = z.infer<typeof contextSetSchema>
export type ContextAnswer = z.infer<typeof contextAnswer>
