import type { FilterField } from '@/lib/flow/fields'
import { Problem } from '@/lib/flow/problem'
import { addTerm } from '@/lib/link/language/edit'

/** The filter `q` narrowed to a value, or without it; null if `q` itself does not parse. */
export function narrowed(q: string, field: FilterField, value: string, not: boolean): string | null {
  try {
    return addTerm(q, field, value, { not })
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}
