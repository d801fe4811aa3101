import { totalmem } from 'node:os'
import { z } from 'zod'
import { readAmount } from './amount'

/** Minimum memory that the program needs. Bytes. */
const LEAST = 256 * 2 ** 20

export const memoryVariable = z
  .string()
  .refine((written) => (readAmount(written) ?? 0) >= LEAST, {
    error: 'must be 256MiB or more, as bytes with a unit, such as 512MiB or 4GB',
  })
  .optional()

/**
 * Memory that the process may use, in bytes: the configured amount, else the container's limit
 * (https://nodejs.org/api/process.html#processconstrainedmemory), else the machine's memory.
 */
export function readMemory(written: string | undefined, allowed = process.constrainedMemory() ?? 0, machine = totalmem()): number {
  if (written !== undefined) return readAmount(written)!
  return allowed > 0 ? Math.min(allowed, machine) : machine
}
