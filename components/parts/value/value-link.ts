import type { FilterField } from '@/lib/flow/field/fields'
import { Problem } from '@/lib/flow/problem'
import { addTerm } from '@/lib/link/editing/edit'

/** Filters already written: a table repeats the same few values. */
const known = new Map<string, string | null>()
const MOST_KNOWN = 5000

/** The filter `q` narrowed to a value, or without it; null if `q` itself does not parse. */
export function narrowed(q: string, field: FilterField, value: string, not: boolean): string | null {
  const key = JSON.stringify([q, field, value, not])
  const found = known.get(key)
  if (found !== undefined) return found
  if (known.size >= MOST_KNOWN) known.clear()
  const written = write(q, field, value, not)
  known.set(key, written)
  return written
}

function write(q: string, field: FilterField, value: string, not: boolean): string | null {
  try {
    return addTerm(q, field, value, { not })
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}
