import { totalmem } from 'node:os'
import { z } from 'zod'
import { readAmount } from './amount'

/** Less is not enough for the program itself. */
const LEAST = 256 * 2 ** 20

export const memoryVariable = z
  .string()
  .refine((written) => (readAmount(written) ?? 0) >= LEAST, {
    error: 'must be 256MiB or more, as bytes with a unit, such as 512MiB or 4GB',
  })
  .optional()

/** Bytes that the process may take: what is written, else what its container allows (https://nodejs.org/api/process.html#processconstrainedmemory), else all that the machine has. */
export function readMemory(written: string | undefined, allowed = process.constrainedMemory() ?? 0, machine = totalmem()): number {
  if (written !== undefined) return readAmount(written)!
  return allowed > 0 ? Math.min(allowed, machine) : machine
}
