import { z } from 'zod'
import { CONTEXT_KINDS, CONTEXT_NAMES } from '@/lib/flow/context'
import { count, instant } from './answer'

const refusedSchema = z.object({
  reason: z.string(),
  count,
  /** Line of the first one, from 1, or null where the file has no lines. */
  line: count.nullable(),
  sample: z.string().nullable(),
})

/** What a file tells of one kind; `kind` is null for a file that could not be read, whose reason is in `refused`. */
export const contextSetSchema = z.object({
  id: z.string(),
  file: z.string(),
  kind: z.enum(CONTEXT_KINDS).nullable(),
  name: z.string(),
  entries: count,
  refused: z.array(refusedSchema),
  /** When the file was last written, or null where it cannot be seen. */
  modified: instant.nullable(),
  sha256: z.string(),
  /** What shape the file has, and what it says of itself. */
  about: z.string(),
  /** What the licence of its data asks to be shown, or null. */
  credit: z.string().nullable(),
})

const text = z.string().nullable()

/** What is known of an address, wherever it was logged, and which file says so. */
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
  /** Those that hold now, narrowest first. */
  list: z.array(z.string()),
  /** What it could be where an inventory has it several times. */
  among: z.array(z.string()),
  facts: z.array(
    z.object({ kind: z.enum(CONTEXT_KINDS), text: z.string(), file: z.string(), addresses: z.number(), until: instant.nullable() }),
  ),
})

export const addressesAnswer = z.object({ rows: z.array(addressSchema) })

export const contextAnswer = z.object({
  /** Equal for equal files; empty without any. */
  digest: z.string(),
  /** Fields of which anything is told, without `src.` and `dst.`. */
  names: z.array(z.enum(CONTEXT_NAMES)),
  sets: z.array(contextSetSchema),
})

export type AddressContext = z.infer<typeof addressSchema>
export type AddressesAnswer = z.infer<typeof addressesAnswer>
export type ContextSet = z.infer<typeof contextSetSchema>
export type ContextAnswer = z.infer<typeof contextAnswer>
